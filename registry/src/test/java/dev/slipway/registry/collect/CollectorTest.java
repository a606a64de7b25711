package dev.slipway.registry.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.Images;
import dev.slipway.registry.TurnableClock;
import dev.slipway.registry.blob.BlobUpload;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    private static final RepositoryName OTHER = RepositoryName.parse("acme/other");

    private final TurnableClock clock = new TurnableClock();
    private Registry registry;

    @BeforeEach
    void open(@TempDir Path root) {
        registry = Registry.onFiles(root, clock);
    }

    private CollectionReport collect() {
        return new Collector(registry, Retention.tagsOnly(), GRACE, clock).collect(false);
    }

    private static Digest layer(String content) {
        return Digest.sha256(content.getBytes());
    }

    @Test
    void takesWhatNoTagNeedsAfterTheGracePeriod() {
        Digest old = Images.put(registry, SHOP, new Tag("latest"), "one", "base");
        Digest current = Images.put(registry, SHOP, new Tag("latest"), "two", "base");
        assertThat(collect().blobs()).as("within the grace period").isZero();
        clock.forward(GRACE.plusMinutes(1));
        CollectionReport report = collect();
        assertThat(report.manifests()).isEqualTo(1);
        assertThat(report.links()).isEqualTo(1);
        assertThat(report.blobs()).isEqualTo(2);
        assertThat(report.bytesFreed()).isGreaterThan(3);
        assertThat(registry.getManifest(SHOP, old)).isEmpty();
        assertThat(registry.getManifest(SHOP, current)).isPresent();
        assertThat(registry.hasBlob(SHOP, layer("one"))).isFalse();
        assertThat(registry.blobs().stat(layer("one"))).isEmpty();
        assertThat(registry.hasBlob(SHOP, layer("two"))).isTrue();
        assertThat(registry.hasBlob(SHOP, layer("base"))).isTrue();
    }

    @Test
    void takesNothingInADryRunButSaysTheSame() {
        Images.put(registry, SHOP, new Tag("latest"), "one");
        Images.put(registry, SHOP, new Tag("latest"), "two");
        clock.forward(GRACE.plusMinutes(1));
        CollectionReport dry = new Collector(registry, Retention.tagsOnly(), GRACE, clock).collect(true);
        assertThat(registry.hasBlob(SHOP, layer("one"))).isTrue();
        CollectionReport real = collect();
        assertThat(dry.bytesFreed()).isEqualTo(real.bytesFreed()).isPositive();
        assertThat(dry.manifests()).isEqualTo(real.manifests()).isEqualTo(1);
    }

    @Test
    void keepsWhatAReleaseNeeds() {
        Digest release = Images.put(registry, SHOP, new Tag("latest"), "one");
        Images.put(registry, SHOP, new Tag("latest"), "two");
        clock.forward(GRACE.plusMinutes(1));
        Retention releases = name -> name.equals(SHOP) ? Set.of(release) : Set.of();
        assertThat(new Collector(registry, releases, GRACE, clock)
                        .collect(false)
                        .blobs())
                .isZero();
        assertThat(registry.hasBlob(SHOP, layer("one"))).isTrue();
    }

    @Test
    void takesNothingWhereItCannotFindOutWhatIsNeeded() {
        Images.put(registry, SHOP, new Tag("latest"), "one");
        Images.put(registry, SHOP, new Tag("latest"), "two");
        clock.forward(GRACE.plusMinutes(1));
        Retention broken = name -> {
            throw new IllegalStateException("the database is away");
        };
        CollectionReport report = new Collector(registry, broken, GRACE, clock).collect(false);
        assertThat(report.skipped()).containsExactly(SHOP);
        assertThat(registry.hasBlob(SHOP, layer("one"))).isTrue();
    }

    @Test
    void keepsABlobThatAnotherRepositoryLinks() {
        Images.put(registry, SHOP, new Tag("latest"), "shared");
        Images.put(registry, OTHER, new Tag("latest"), "shared");
        registry.deleteManifest(SHOP, new Tag("latest"));
        clock.forward(GRACE.plusMinutes(1));
        collect();
        assertThat(registry.hasBlob(SHOP, layer("shared"))).isFalse();
        assertThat(registry.hasBlob(OTHER, layer("shared"))).isTrue();
    }

    @Test
    void keepsChildrenOfATaggedIndexAndReferrersOfATaggedImage() {
        Digest child = Images.put(registry, SHOP, new Tag("tmp"), "child");
        long size = registry.getManifest(SHOP, child).orElseThrow().size();
        Descriptor entry = Descriptor.of(MediaType.OCI_MANIFEST, child, size);
        registry.putManifest(
                SHOP,
                new Tag("multi"),
                MediaType.OCI_INDEX,
                ImageIndex.of(List.of(entry)).toBytes());
        registry.deleteManifest(SHOP, new Tag("tmp"));
        Descriptor config = Images.blob(registry, SHOP, MediaType.OCI_EMPTY, "{}");
        byte[] signature = new ImageManifest(
                        MediaType.OCI_MANIFEST,
                        Optional.empty(),
                        config,
                        List.of(config),
                        Optional.of(entry),
                        Map.of("signed", "yes"))
                .toBytes();
        registry.putManifest(SHOP, Digest.sha256(signature), MediaType.OCI_MANIFEST, signature);
        clock.forward(GRACE.plusMinutes(1));
        assertThat(collect().manifests()).isZero();
        assertThat(registry.referrers(SHOP, child, Optional.empty())).hasSize(1);
        registry.deleteManifest(SHOP, new Tag("multi"));
        assertThat(collect().manifests()).as("index, child and signature").isEqualTo(3);
        assertThat(registry.referrers(SHOP, child, Optional.empty())).isEmpty();
    }

    @Test
    void keepsWhatAPusherWasToldIsHere() {
        Images.put(registry, SHOP, new Tag("v1"), "layer");
        registry.deleteManifest(SHOP, new Tag("v1"));
        clock.forward(GRACE.plusMinutes(1));
        assertThat(registry.promiseBlob(SHOP, layer("layer"))).isPresent();
        collect();
        assertThat(registry.hasBlob(SHOP, layer("layer"))).isTrue();
    }

    @Test
    void keepsWhatIsMountedMeanwhile() {
        Images.put(registry, SHOP, new Tag("v1"), "layer");
        registry.deleteManifest(SHOP, new Tag("v1"));
        clock.forward(GRACE.plusMinutes(1));
        Retention mounting = name -> {
            registry.mountBlob(SHOP, OTHER, layer("layer"));
            return Set.of();
        };
        new Collector(registry, mounting, GRACE, clock).collect(false);
        assertThat(registry.hasBlob(OTHER, layer("layer"))).isTrue();
    }

    @Test
    void takesTagsThatAreTooManyOrTooOldButNeverTheNewestOrAReleases() {
        Digest first = Images.put(registry, SHOP, new Tag("v1"), "one");
        Images.put(registry, SHOP, new Tag("v2"), "two");
        clock.forward(Duration.ofDays(2));
        Images.put(registry, SHOP, new Tag("v3"), "three");
        clock.forward(Duration.ofDays(1));
        Images.put(registry, SHOP, new Tag("v4"), "four");
        clock.forward(GRACE.plusMinutes(1));
        assertThat(limited(new TagLimits(0, Optional.of(Duration.ofDays(2))), first)
                        .tags())
                .isEqualTo(1);
        assertThat(registry.tags(SHOP)).extracting(Tag::value).containsExactly("v1", "v3", "v4");
        assertThat(registry.hasBlob(SHOP, layer("two"))).isFalse();
        clock.forward(Duration.ofDays(30));
        CollectionReport most = limited(new TagLimits(1, Optional.of(Duration.ofDays(2))), first);
        assertThat(most.tags()).isEqualTo(1);
        assertThat(registry.tags(SHOP)).extracting(Tag::value).containsExactly("v1", "v4");
    }

    private CollectionReport limited(TagLimits limits, Digest release) {
        Retention retention = new Retention() {
            @Override
            public Set<Digest> needed(RepositoryName repository) {
                return Set.of(release);
            }

            @Override
            public TagLimits tagLimits(RepositoryName repository) {
                return limits;
            }
        };
        return new Collector(registry, retention, GRACE, clock).collect(false);
    }

    @Test
    void endsWhereItsPaceSaysAndLaterDoesWhatIsLeft() {
        for (String layer : List.of("a", "b", "c", "d")) {
            Images.put(registry, SHOP, new Tag("latest"), layer);
        }
        clock.forward(GRACE.plusMinutes(1));
        int whole = new Collector(registry, Retention.tagsOnly(), GRACE, clock)
                .collect(true)
                .blobs();
        assertThat(whole).isEqualTo(6);
        int removed = 0;
        for (int run = 1; run <= whole; run++) {
            AtomicInteger steps = new AtomicInteger(2);
            Pace two = () -> steps.getAndDecrement() > 0;
            CollectionReport report = new Collector(registry, Retention.tagsOnly(), GRACE, clock, two).collect(false);
            assertThat(report.complete()).isFalse();
            assertThat(report.blobs()).isEqualTo(1);
            removed += report.blobs();
            if (removed == whole - 1) {
                break;
            }
        }
        CollectionReport last = collect();
        assertThat(last.complete()).isTrue();
        assertThat(last.blobs()).isEqualTo(1);
        assertThat(registry.hasBlob(SHOP, layer("d"))).isTrue();
    }

    @Test
    void dropsAbandonedUploads() {
        BlobUpload upload = registry.blobs().newUpload(SHOP);
        assertThat(collect().uploads()).isZero();
        clock.forward(GRACE.plusMinutes(1));
        assertThat(collect().uploads()).isEqualTo(1);
        assertThat(registry.blobs().upload(SHOP, upload.id())).isEmpty();
    }

    @Test
    void refusesAGracePeriodTooShortForPushes() {
        assertThatThrownBy(() -> new Collector(registry, Retention.tagsOnly(), Duration.ofMinutes(1), clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("least");
    }

    @Test
    @Timeout(120)
    void losesNothingOfPushesThatRunBesideIt() {
        AtomicBoolean pushing = new AtomicBoolean(true);
        List<Digest> pushed = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Integer> rounds = CompletableFuture.supplyAsync(
                    () -> {
                        int count = 0;
                        while (pushing.get()) {
                            collect();
                            count++;
                        }
                        return count;
                    },
                    threads);
            List<CompletableFuture<List<Digest>>> pushers = new ArrayList<>();
            for (int pusher = 0; pusher < 4; pusher++) {
                int number = pusher;
                pushers.add(CompletableFuture.supplyAsync(() -> push(number), threads));
            }
            try {
                pushers.forEach(pusher -> pushed.addAll(pusher.join()));
            } finally {
                pushing.set(false);
            }
            assertThat(rounds.join()).isPositive();
        }
        for (Digest digest : pushed) {
            ImageManifest image = (ImageManifest)
                    registry.getManifest(SHOP, digest).orElseThrow().parsed();
            image.layers()
                    .forEach(layer ->
                            assertThat(registry.hasBlob(SHOP, layer.digest())).isTrue());
        }
        assertThat(new Verification(registry, Pace.full()).run(false).flaws()).isEmpty();
    }

    private List<Digest> push(int pusher) {
        List<Digest> pushed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pushed.add(Images.put(registry, SHOP, new Tag("p" + pusher + "-" + i), "common" + i % 3, pusher + "/" + i));
            Images.put(registry, SHOP, new Tag("moving"), "garbage" + pusher + "-" + i);
            clock.forward(Duration.ofSeconds(15));
        }
        return pushed;
    }
}
