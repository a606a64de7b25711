package dev.slipway.registry.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.Images;
import dev.slipway.registry.TurnableClock;
import dev.slipway.registry.blob.BlobUpload;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.collect.Collector;
import dev.slipway.registry.collect.Pace;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.collect.Verification;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Flaw;
import dev.slipway.registry.repository.Registry;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops the process before each change that a step makes to the disk, one after the other, and looks at what is left. */
class CrashTest {
    private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    private static final Tag LATEST = new Tag("latest");
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final int ENOUGH = 500;

    private final TurnableClock clock = new TurnableClock();

    @TempDir
    Path temp;

    @Test
    void aPushThatStopsAnywhereLeavesTheOldImageWholeAndCanBeDoneAgain() {
        int points = dieEverywhere(this::push, this::assertOldOrNew);
        assertThat(points).as("places to stop at").isGreaterThan(20);
    }

    @Test
    void aCleanUpThatStopsAnywhereTakesNothingThatIsNeededAndCanBeDoneAgain() {
        int points = dieEverywhere(
                registry -> {
                    clock.forward(GRACE.plusMinutes(1));
                    new Collector(registry, Retention.tagsOnly(), GRACE, clock).collect(false);
                },
                registry -> assertThat(registry.resolve(SHOP, LATEST)).contains(first));
        assertThat(points).isGreaterThan(3);
    }

    @Test
    void aDeletionThatStopsAnywhereIsDoneOrNot() {
        int points = dieEverywhere(
                registry -> registry.deleteManifest(SHOP, first),
                registry -> registry.resolve(SHOP, LATEST)
                        .ifPresent(digest -> assertThat(registry.getManifest(SHOP, digest))
                                .as("a tag never stands for nothing")
                                .isPresent()));
        assertThat(points).isGreaterThanOrEqualTo(2);
    }

    private Digest first = Digest.sha256(new byte[0]);

    /** Runs a step against a store that dies after 0, 1, 2… changes, until one is enough. */
    private int dieEverywhere(Consumer<Registry> step, Consumer<Registry> expected) {
        for (int changes = 0; changes < ENOUGH; changes++) {
            Path root = temp.resolve("store" + changes);
            Registry before = Registry.onFiles(root, clock);
            Images.put(before, SHOP, new Tag("garbage"), "garbage");
            first = Images.put(before, SHOP, LATEST, "old");
            before.deleteManifest(SHOP, new Tag("garbage"));
            MortalFileSystem disk = new MortalFileSystem(changes);
            boolean died = dies(root, disk, step);
            Registry after = Registry.onFiles(root, clock);
            assertSound(after);
            expected.accept(after);
            step.accept(after);
            expected.accept(after);
            assertSound(after);
            if (!died) {
                return changes;
            }
        }
        throw new AssertionError("still dying after " + ENOUGH + " changes");
    }

    private boolean dies(Path root, MortalFileSystem disk, Consumer<Registry> step) {
        try {
            step.accept(Registry.onFiles(disk.path(root), clock));
        } catch (StorageException e) {
            assertThat(disk.died()).as("%s", e).isTrue();
        }
        return disk.died();
    }

    private void push(Registry registry) {
        byte[] layer = "new layer".getBytes();
        BlobUpload upload = registry.blobs().newUpload(SHOP);
        upload.append(0, new ByteArrayInputStream(layer));
        upload.commit(Digest.sha256(layer));
        registry.linkBlob(SHOP, Digest.sha256(layer));
        ImageManifest image = ImageManifest.of(
                Images.blob(registry, SHOP, MediaType.OCI_CONFIG, "{\"new\":1}"),
                List.of(Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.sha256(layer), layer.length)));
        registry.putManifest(SHOP, LATEST, MediaType.OCI_MANIFEST, image.toBytes());
        ImageManifest about = new ImageManifest(
                MediaType.OCI_MANIFEST,
                Optional.empty(),
                Images.blob(registry, SHOP, MediaType.OCI_EMPTY, "{}"),
                List.of(),
                Optional.of(Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(image.toBytes()), 1)),
                Map.of());
        registry.putManifest(SHOP, Digest.sha256(about.toBytes()), MediaType.OCI_MANIFEST, about.toBytes());
    }

    private void assertOldOrNew(Registry registry) {
        Digest now = registry.resolve(SHOP, LATEST).orElseThrow();
        ImageManifest image =
                (ImageManifest) registry.getManifest(SHOP, now).orElseThrow().parsed();
        assertThat(now.equals(first) || registry.hasBlob(SHOP, Digest.sha256("new layer".getBytes())))
                .isTrue();
        image.layers()
                .forEach(layer ->
                        assertThat(registry.hasBlob(SHOP, layer.digest())).isTrue());
    }

    /** Nothing is visible that is not whole; a list of referrers may still lack what was never acknowledged. */
    private static void assertSound(Registry registry) {
        assertThat(new Verification(registry, Pace.full()).run(false).flaws())
                .allMatch(flaw -> flaw.kind() == Flaw.Kind.REFERRER_MISSING
                        || flaw.kind() == Flaw.Kind.REFERRER_WITHOUT_MANIFEST);
    }
}
