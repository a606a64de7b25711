package dev.slipway.platform.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.mirror.Upstream;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.replicate.Bandwidth;
import dev.slipway.registry.replicate.Copy;
import dev.slipway.registry.replicate.CopyQueue;
import dev.slipway.registry.replicate.Replicator;
import dev.slipway.registry.replicate.Standing;
import dev.slipway.registry.repository.Registry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteImagesTest {
    private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    private static final Digest IMAGE = Digest.sha256("an image".getBytes());
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T09:00:00Z"));

    @TempDir
    Path root;

    @Test
    void wantsAnImageWhereASiteHasARegistryOfItsOwnAndNowhereElse() {
        Registry registry = Registry.onFiles(root, CLOCK);
        CopyQueue queue = new CopyQueue(new StoreTree(root));
        Upstream away = new Upstream("dc-b", URI.create("http://127.0.0.1:1"), Optional.empty());
        Replicator replicator =
                new Replicator(List.of(away), registry, queue, Bandwidth.UNLIMITED, duration -> {}, CLOCK);
        replicator.replicate(
                Copy.of("dc-b", SHOP, Digest.sha256("later".getBytes()), Optional.empty(), 50, CLOCK.instant()));
        SiteImages images = new SiteImages(replicator, CLOCK);
        assertThat(images.want("dc-a", SHOP, IMAGE)).isEqualTo(new Standing.There());
        assertThat(images.want("dc-b", SHOP, IMAGE)).isInstanceOf(Standing.Coming.class);
        assertThat(queue.waiting().getFirst().digest())
                .as("ahead of what nobody waits for")
                .isEqualTo(IMAGE);
    }
}
