package dev.slipway.registry.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.Images;
import dev.slipway.registry.TurnableClock;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.blob.StoreTree;
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
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.StorageQuota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose disk is lost and whose bucket is not. */
class BucketCopyTest {
    private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    private static final Tag V1 = new Tag("v1");
    private static final Tag V2 = new Tag("v2");
    private static final int CACHE = 1_000_000;

    private final TurnableClock clock = new TurnableClock();

    @TempDir
    Path temp;

    private FakeS3 s3;

    @BeforeEach
    void start() throws IOException {
        s3 = new FakeS3();
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    private StoreTree disk(String name) {
        return new StoreTree(temp.resolve(name));
    }

    private Registry on(StoreTree tree) {
        BucketCopy copy = new BucketCopy(s3.bucket(), InstantSource.system(), tree, clock);
        copy.open();
        return new Registry(blobs(tree), tree, clock, CACHE, StorageQuota.unlimited(), copy);
    }

    private S3BlobStore blobs(StoreTree tree) {
        return new S3BlobStore(s3.bucket(), InstantSource.system(), tree, clock, Long.MAX_VALUE);
    }

    private Digest signature(Registry registry, Digest image) {
        ImageManifest about = new ImageManifest(
                MediaType.OCI_MANIFEST,
                Optional.of(new MediaType("application/vnd.example.signature")),
                Images.blob(registry, SHOP, MediaType.OCI_EMPTY, "{}"),
                List.of(),
                Optional.of(Descriptor.of(MediaType.OCI_MANIFEST, image, 1)),
                Map.of());
        return registry.putManifest(SHOP, Digest.sha256(about.toBytes()), MediaType.OCI_MANIFEST, about.toBytes());
    }

    @Test
    void aNewDiskHasEverythingThatWasAcknowledgedAndNothingThatWasDeleted() {
        Registry registry = on(disk("first"));
        Digest image = Images.put(registry, SHOP, V1, "one", "two");
        Digest other = Images.put(registry, SHOP, V2, "three");
        Digest signature = signature(registry, image);
        Images.put(registry, RepositoryName.parse("acme/api"), V1, "four");
        registry.deleteManifest(SHOP, V2);
        registry.deleteManifest(SHOP, other);
        registry.deleteBlob(SHOP, Digest.sha256("three".getBytes()));
        Registry again = on(disk("second"));
        assertThat(again.repositories()).isEqualTo(registry.repositories()).hasSize(2);
        assertThat(again.tags(SHOP)).containsExactly(V1);
        assertThat(again.resolve(SHOP, V1)).contains(image);
        assertThat(again.getManifest(SHOP, other)).isEmpty();
        assertThat(again.hasBlob(SHOP, Digest.sha256("two".getBytes()))).isTrue();
        assertThat(again.hasBlob(SHOP, Digest.sha256("three".getBytes()))).isFalse();
        assertThat(again.referrers(SHOP, image, Optional.empty()))
                .extracting(Descriptor::digest)
                .containsExactly(signature);
        assertThat(again.usage()).isEqualTo(registry.usage());
        assertThat(new Verification(again, Pace.full()).run(false).flaws()).isEmpty();
    }

    @Test
    void aCleanUpTakesFromTheBucketWhatItTakesFromTheDisk() {
        Registry registry = on(disk("first"));
        Images.put(registry, SHOP, V1, "one");
        Digest old = Images.put(registry, SHOP, V2, "two");
        Digest kept = Images.put(registry, SHOP, V2, "three");
        clock.forward(Duration.ofDays(2));
        new Collector(registry, Retention.tagsOnly(), Duration.ofDays(1), clock).collect(false);
        Registry again = on(disk("second"));
        assertThat(again.getManifest(SHOP, old)).isEmpty();
        assertThat(again.resolve(SHOP, V2)).contains(kept);
        assertThat(again.usage()).isEqualTo(registry.usage());
    }

    @Test
    void nothingChangesThatTheBucketRefuses() {
        Registry registry = on(disk("first"));
        Digest image = Images.put(registry, SHOP, V1, "one");
        byte[] manifest = Images.manifest(registry, SHOP, "two").toBytes();
        registry.putManifest(SHOP, Digest.sha256(manifest), MediaType.OCI_MANIFEST, manifest);
        s3.failures.set(1);
        assertThatThrownBy(() -> registry.deleteManifest(SHOP, V1))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("503");
        assertThat(registry.resolve(SHOP, V1)).contains(image);
        int refusals = 0;
        while (registry.resolve(SHOP, V1).filter(image::equals).isPresent()) {
            s3.failAfter(refusals);
            try {
                registry.putManifest(SHOP, V1, MediaType.OCI_MANIFEST, manifest);
            } catch (StorageException e) {
                assertThat(registry.resolve(SHOP, V1)).contains(image);
            }
            s3.failAfter(Integer.MAX_VALUE);
            assertThat(on(disk("after" + refusals)).resolve(SHOP, V1)).isEqualTo(registry.resolve(SHOP, V1));
            refusals++;
        }
        assertThat(refusals).as("steps that can be refused").isGreaterThan(3);
    }

    @Test
    void whatWasThereBeforeTheBucketGoesIntoIt() {
        StoreTree tree = disk("first");
        Registry before = new Registry(blobs(tree), tree, clock, CACHE, StorageQuota.unlimited());
        Digest image = Images.put(before, SHOP, V1, "one");
        s3.failures.set(1);
        Registry away = on(tree);
        assertThat(away.resolve(SHOP, V1)).as("the bucket does not answer").contains(image);
        Digest second = Images.put(away, SHOP, V2, "two");
        Registry again = on(disk("second"));
        assertThat(again.resolve(SHOP, V1)).contains(image);
        assertThat(again.resolve(SHOP, V2)).contains(second);
    }

    @Test
    void doesNotBeginEmptyWhereItCannotAskTheBucketAndCanBeCutOff() {
        Registry registry = on(disk("first"));
        Images.put(registry, SHOP, V1, "one", "two");
        StoreTree fresh = disk("second");
        int cuts = 0;
        while (!Files.isDirectory(fresh.repositories())) {
            s3.failAfter(cuts);
            try {
                on(fresh);
            } catch (StorageException e) {
                assertThat(e).hasMessageContaining("bring back repositories");
                assertThat(fresh.repositories()).doesNotExist();
            }
            s3.failAfter(Integer.MAX_VALUE);
            cuts++;
        }
        assertThat(cuts).isGreaterThan(5);
        assertThat(on(fresh).usage()).isEqualTo(registry.usage());
    }

    @Test
    void writesNothingOutsideTheStoreWhateverTheBucketSays() {
        on(disk("first"));
        s3.objects.put("some where/repositories/../../x", new FakeS3.Stored(new byte[1], ""));
        assertThatThrownBy(() -> on(disk("second")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("no file of a repository");
    }
}
