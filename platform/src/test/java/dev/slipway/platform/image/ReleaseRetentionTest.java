package dev.slipway.platform.image;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.release.Releases;
import dev.slipway.registry.RegistrySettings;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.collect.TagLimits;
import dev.slipway.registry.mirror.Upstream;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.replicate.Bandwidth;
import dev.slipway.registry.replicate.Copy;
import dev.slipway.registry.replicate.CopyQueue;
import dev.slipway.registry.replicate.Replicator;
import dev.slipway.registry.repository.Registry;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class ReleaseRetentionTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T09:00:00Z"));

    @Inject
    TrialWorld world;

    @Inject
    Releases releases;

    @Inject
    RegistrySettings settings;

    @Inject
    RegistryQuota quota;

    @TempDir
    Path root;

    @Test
    void keepsWhatAReleaseIsMadeOfAndWhatIsStillToBeCopied() {
        TenantName tenant = world.releasableTenant();
        AppRef shop = AppRef.of(tenant + "/shop");
        given().header(
                        "Authorization",
                        "Bearer " + world.member(tenant, Role.OWNER).token())
                .contentType("application/json")
                .body(Map.of("name", "shop"))
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
        world.release(shop);
        Upstream away = new Upstream("dc-b", URI.create("http://127.0.0.1:1"), Optional.empty());
        Replicator replicator = new Replicator(
                List.of(away),
                Registry.onFiles(root, CLOCK),
                new CopyQueue(new StoreTree(root)),
                Bandwidth.UNLIMITED,
                duration -> {},
                CLOCK);
        RepositoryName repository = RepositoryName.parse(shop.toString());
        Digest wished = Digest.sha256("wished for elsewhere".getBytes());
        replicator.replicate(Copy.of("dc-b", repository, wished, Optional.empty(), 5, CLOCK.instant()));
        ReleaseRetention retention = new ReleaseRetention(releases, settings, quota, replicator);
        assertThat(retention.needed(repository)).hasSize(2).contains(wished, Digest.parse("sha256:" + "ab".repeat(32)));
        assertThat(retention.needed(RepositoryName.parse(tenant + "/another"))).isEmpty();
        assertThat(retention.tagLimits(RepositoryName.parse("slipway/stack"))).isEqualTo(TagLimits.NONE);
    }
}
