package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.Images;
import dev.slipway.registry.access.BasicCredentials;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.mirror.Upstream;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.replicate.Bandwidth;
import dev.slipway.registry.replicate.Copy;
import dev.slipway.registry.replicate.CopyQueue;
import dev.slipway.registry.replicate.Replicator;
import dev.slipway.registry.replicate.Standing;
import dev.slipway.registry.repository.Registry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies from one real registry into another. */
class ReplicatorTest {
    private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    private static final Tag V1 = new Tag("v1");

    private final StillClock clock = new StillClock();
    private final List<Duration> rests = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    @TempDir
    Path temp;

    private StoreTree tree;
    private Registry here;
    private RegistryServer there;
    private Bandwidth bandwidth = Bandwidth.UNLIMITED;

    @BeforeEach
    void start() {
        tree = new StoreTree(temp.resolve("here"));
        here = Registry.onFiles(temp.resolve("here"), clock);
        there = new RegistryServer(temp.resolve("there"));
    }

    @AfterEach
    void stop() {
        there.close();
    }

    /** A clock that only goes when told to. */
    private static final class StillClock implements InstantSource {
        private Instant now = Instant.parse("2026-01-01T09:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void forward(Duration by) {
            now = now.plus(by);
        }
    }

    /** A replicator as after a start of the program. */
    private Replicator replicator() {
        Upstream target = new Upstream(
                "dc-b",
                URI.create("http://" + there.host()),
                Optional.of(new BasicCredentials("alice", "alice-secret")));
        return new Replicator(List.of(target), here, new CopyQueue(tree), bandwidth, this::rest, clock);
    }

    private void rest(Duration duration) {
        rests.add(duration);
        meanwhile.run();
        clock.forward(duration);
    }

    private Copy wish(Digest digest, int priority) {
        return Copy.of("dc-b", SHOP, digest, Optional.of(V1), priority, clock.instant());
    }

    private Digest large(int seed) {
        byte[] layer = new byte[9_000_000];
        new Random(seed).nextBytes(layer);
        Descriptor blob = here.blobs().write(MediaType.OCI_LAYER_GZIP, layer);
        here.linkBlob(SHOP, blob.digest());
        ImageManifest image =
                ImageManifest.of(Images.blob(here, SHOP, MediaType.OCI_CONFIG, "{\"s\":" + seed + "}"), List.of(blob));
        return here.putManifest(SHOP, V1, image.mediaType(), image.toBytes());
    }

    @Test
    void copiesAnImageOnceHoweverOftenItIsWishedFor() throws Exception {
        Digest digest = large(1);
        Replicator replicator = replicator();
        replicator.replicate(wish(digest, 5));
        clock.forward(Duration.ofMinutes(3));
        replicator.replicate(wish(digest, 2));
        assertThat(replicator.waiting()).extracting(Copy::priority).containsExactly(2);
        assertThat(replicator.lag()).isEqualTo(Duration.ofMinutes(3));
        assertThat(replicator.next()).isTrue();
        assertThat(replicator.next()).as("nothing more").isFalse();
        assertThat(there.registry.resolve(SHOP, V1)).contains(digest);
        assertThat(there.registry.usage().getFirst().bytes())
                .isEqualTo(here.usage().getFirst().bytes());
        long sent = replicator.bytesSent();
        assertThat(sent).isGreaterThan(9_000_000);
        replicator.replicate(wish(digest, 5));
        replicator.next();
        assertThat(replicator.bytesSent()).as("all was there").isEqualTo(sent);
        assertThat(replicator.lag()).isZero();
    }

    @Test
    void copiesAnIndexWithWhatItLists() throws Exception {
        Digest child = large(2);
        byte[] content = here.getManifest(SHOP, child).orElseThrow().content();
        ImageIndex index = ImageIndex.of(List.of(Descriptor.of(MediaType.OCI_MANIFEST, child, content.length)));
        Digest digest = here.putManifest(SHOP, new Tag("all"), MediaType.OCI_INDEX, index.toBytes());
        Replicator replicator = replicator();
        replicator.replicate(wish(digest, 1));
        replicator.next();
        assertThat(there.registry.getManifest(SHOP, child)).isPresent();
        assertThat(there.registry.resolve(SHOP, V1)).contains(digest);
    }

    @Test
    void keepsItsWishesOverARestartAndWorksTheUrgentOffFirst() throws Exception {
        Digest first = large(3);
        Digest second = large(4);
        replicator().replicate(Copy.of("dc-b", SHOP, first, Optional.empty(), 9, clock.instant()));
        clock.forward(Duration.ofSeconds(1));
        replicator().replicate(Copy.of("dc-b", SHOP, second, Optional.empty(), 1, clock.instant()));
        Files.writeString(tree.copies().resolve("not-ours.json"), "{");
        Replicator restarted = replicator();
        assertThat(restarted.waiting()).extracting(Copy::digest).containsExactly(second, first);
        restarted.next();
        assertThat(there.registry.getManifest(SHOP, second)).isPresent();
        assertThat(there.registry.getManifest(SHOP, first)).isEmpty();
        assertThat(replicator().waiting()).extracting(Copy::digest).containsExactly(first);
    }

    @Test
    void triesAgainLaterAndSaysWhatCameBack() throws Exception {
        Digest digest = large(5);
        Replicator replicator = replicator();
        replicator.replicate(wish(digest, 1));
        there.changePassword("alice");
        assertThat(replicator.next()).isTrue();
        Copy failed = replicator.waiting().getFirst();
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.trouble().orElseThrow()).contains("dc-b", "401");
        assertThat(replicator.next()).as("not yet").isFalse();
        assertThat(replicator().waiting()).as("known after a restart").containsExactly(failed);
        clock.forward(Duration.ofSeconds(30));
        assertThat(replicator.next()).isTrue();
        assertThat(replicator.waiting().getFirst().notBefore())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
        assertThatThrownBy(() ->
                        replicator.replicate(Copy.of("nowhere", SHOP, digest, Optional.empty(), 1, clock.instant())))
                .hasMessageContaining("dc-b");
    }

    @Test
    void tellsWhoeverWaitsForAnImageElsewhereWhenItIsThere() throws Exception {
        bandwidth = Bandwidth.parse("1000000");
        Digest digest = large(7);
        Replicator replicator = replicator();
        Copy wish = wish(digest, 1);
        Standing.Coming first = (Standing.Coming) replicator.want(wish);
        long bytes = here.usage().getFirst().bytes();
        assertThat(first).isEqualTo(new Standing.Coming(0, bytes, Optional.empty()));
        assertThat(replicator.waiting()).as("wished for").hasSize(1);
        List<Standing> seen = new ArrayList<>();
        meanwhile = () -> seen.add(replicator.want(wish));
        replicator.next();
        assertThat(seen)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(standing -> assertThat(standing).isInstanceOf(Standing.Coming.class));
        List<Long> there = seen.stream()
                .map(standing -> ((Standing.Coming) standing).bytesThere())
                .toList();
        assertThat(there).isSorted().doesNotHaveDuplicates().allMatch(some -> some > 0 && some < bytes);
        assertThat(replicator.want(wish)).isEqualTo(new Standing.There());
        assertThat(replicator.progress()).isEmpty();
        assertThat(replicator().want(wish)).as("asked over there").isEqualTo(new Standing.There());
        assertThat(replicator.made()).isEqualTo(1);
    }

    @Test
    void tellsWhoeverWaitsWhatWentWrong() throws Exception {
        Digest digest = large(8);
        Replicator replicator = replicator();
        there.changePassword("alice");
        Copy wish = wish(digest, 1);
        assertThat(replicator.want(wish)).isInstanceOf(Standing.Coming.class);
        replicator.next();
        Standing.Coming failed = (Standing.Coming) replicator.want(wish);
        assertThat(failed.trouble().orElseThrow()).contains("401");
        assertThat(replicator.failed()).isEqualTo(1);
        clock.forward(Duration.ofSeconds(7));
        assertThat(replicator.lag("dc-b")).isEqualTo(Duration.ofSeconds(7));
        assertThat(replicator.lag("dc-c")).isZero();
    }

    @Test
    void sendsNoFasterThanItMay() throws Exception {
        bandwidth = Bandwidth.parse("1000000");
        Digest digest = large(6);
        Replicator replicator = replicator();
        replicator.replicate(wish(digest, 1));
        replicator.next();
        Duration rested = rests.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(rested).isBetween(Duration.ofMillis(8_990), Duration.ofMillis(9_010));
    }

    @Test
    void knowsWhatMayLeaveAtWhichTime() {
        Bandwidth day = Bandwidth.parse("5000000, 22:00-06:00=0, 12:00-13:00=100");
        assertThat(day.at(LocalTime.of(9, 0))).isEqualTo(5_000_000);
        assertThat(day.at(LocalTime.of(23, 0))).isZero();
        assertThat(day.at(LocalTime.of(5, 59))).isZero();
        assertThat(day.at(LocalTime.of(6, 0))).isEqualTo(5_000_000);
        assertThat(day.at(LocalTime.of(12, 30))).isEqualTo(100);
        for (String bad : List.of("", "fast", "5,22:00", "5,22:00-25:00=1", "5,22:00-23:00=x")) {
            assertThatThrownBy(() -> Bandwidth.parse(bad)).hasMessageContaining("such as 5000000,22:00-06:00=0");
        }
    }
}
