package dev.slipway.registry.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.TurnableClock;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} does. */
public abstract class BlobStoreContract {
    protected static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    protected static final RepositoryName OTHER = RepositoryName.parse("acme/other");

    protected final TurnableClock clock = new TurnableClock();
    protected BlobStore store;

    protected abstract BlobStore open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    protected static byte[] random(int seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    protected static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    protected static InputStream broken(byte[] content) {
        InputStream end = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut off");
            }
        };
        return new SequenceInputStream(stream(content), end);
    }

    protected byte[] read(Digest digest) throws IOException {
        try (InputStream in = store.open(digest)) {
            return in.readAllBytes();
        }
    }

    protected static void assertRefused(Runnable step, ErrorCode code) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        byte[] content = random(1, 300_000);
        Descriptor descriptor = store.write(MediaType.OCI_LAYER, stream(content));
        assertThat(descriptor).isEqualTo(Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(content), 300_000));
        assertThat(read(descriptor.digest())).isEqualTo(content);
        assertThat(store.stat(descriptor.digest()).orElseThrow().size()).isEqualTo(300_000);
    }

    @Test
    void writesTheSameContentTwice() throws IOException {
        Descriptor first = store.write(MediaType.OCI_LAYER, "same".getBytes());
        assertThat(store.write(MediaType.OCI_LAYER, "same".getBytes())).isEqualTo(first);
        assertThat(read(first.digest())).isEqualTo("same".getBytes());
    }

    @Test
    void keepsNothingOfAWriteThatFails() {
        assertThatThrownBy(() -> store.write(MediaType.OCI_LAYER, broken("half".getBytes())))
                .isInstanceOf(StorageException.class);
        assertThat(store.stat(Digest.sha256("half".getBytes()))).isEmpty();
        assertThat(count()).isZero();
    }

    @Test
    void doesNotKnowWhatWasNeverWritten() {
        Digest digest = Digest.sha256("never".getBytes());
        assertThat(store.stat(digest)).isEmpty();
        assertThat(store.path(digest)).isEmpty();
        assertThat(store.retain(digest)).isEmpty();
        assertThat(store.remove(digest, clock.instant())).isEqualTo(-1);
        assertRefused(() -> store.open(digest), ErrorCode.BLOB_UNKNOWN);
    }

    @Test
    void putsUnderEitherAlgorithm() throws IOException {
        Digest digest = Digest.of(Digest.Algorithm.SHA512, "x".getBytes());
        store.put(digest, "x".getBytes());
        assertThat(read(digest)).isEqualTo("x".getBytes());
        assertRefused(() -> store.put(digest, "y".getBytes()), ErrorCode.DIGEST_INVALID);
    }

    @Test
    void hidesAnUploadUntilItIsProven() throws IOException {
        byte[] content = random(2, 500_000);
        Digest digest = Digest.sha256(content);
        BlobUpload upload = store.newUpload(SHOP);
        upload.append(0, stream(content));
        assertThat(store.stat(digest)).isEmpty();
        upload.commit(digest);
        assertThat(read(digest)).isEqualTo(content);
        assertThat(store.upload(SHOP, upload.id())).isEmpty();
        assertRefused(() -> upload.append(upload.size(), stream(content)), ErrorCode.BLOB_UPLOAD_UNKNOWN);
    }

    @Test
    void dropsAnUploadThatIsNotWhatItPromised() {
        BlobUpload upload = store.newUpload(SHOP);
        upload.append(0, stream("this".getBytes()));
        assertRefused(() -> upload.commit(Digest.sha256("that".getBytes())), ErrorCode.DIGEST_INVALID);
        assertThat(store.upload(SHOP, upload.id())).isEmpty();
        assertThat(count()).isZero();
    }

    @Test
    void takesChunksOnlyInOrder() {
        BlobUpload upload = store.newUpload(SHOP);
        assertThat(upload.append(0, stream("abc".getBytes()))).isEqualTo(3);
        assertRefused(() -> upload.append(2, stream("cd".getBytes())), ErrorCode.RANGE_INVALID);
        assertRefused(() -> upload.append(4, stream("e".getBytes())), ErrorCode.RANGE_INVALID);
        assertThat(upload.append(3, stream("def".getBytes()))).isEqualTo(6);
        upload.commit(Digest.sha256("abcdef".getBytes()));
    }

    @Test
    void goesOnAfterAChunkThatWasCutOff() throws IOException {
        BlobUpload upload = store.newUpload(SHOP);
        assertThatThrownBy(() -> upload.append(0, broken("first".getBytes()))).isInstanceOf(UncheckedIOException.class);
        BlobUpload same = store.upload(SHOP, upload.id()).orElseThrow();
        same.append(
                same.size(), stream("first-second".substring((int) same.size()).getBytes()));
        same.commit(Digest.sha256("first-second".getBytes()));
        assertThat(read(Digest.sha256("first-second".getBytes()))).isEqualTo("first-second".getBytes());
    }

    @Test
    void keepsUploadsOfRepositoriesApart() {
        BlobUpload upload = store.newUpload(SHOP);
        assertThat(store.upload(OTHER, upload.id())).isEmpty();
        assertThat(store.upload(SHOP, UploadId.random())).isEmpty();
        assertThat(store.upload(SHOP, upload.id())).isPresent();
    }

    @Test
    void forgetsACancelledUpload() {
        BlobUpload upload = store.newUpload(SHOP);
        upload.cancel();
        upload.cancel();
        assertThat(store.upload(SHOP, upload.id())).isEmpty();
    }

    @Test
    void expiresOnlyIdleUploads() {
        BlobUpload upload = store.newUpload(SHOP);
        assertThat(store.expireUploads(Duration.ofHours(1))).isZero();
        clock.forward(Duration.ofHours(2));
        assertThat(store.expireUploads(Duration.ofHours(1))).isEqualTo(1);
        assertThat(store.upload(SHOP, upload.id())).isEmpty();
    }

    @Test
    void removesOnlyWhatWasNotNeededLately() {
        Digest digest = store.write(MediaType.OCI_LAYER, "old".getBytes()).digest();
        assertThat(store.remove(digest, clock.instant().minusSeconds(60))).isEqualTo(-1);
        clock.forward(Duration.ofHours(1));
        store.retain(digest);
        assertThat(store.remove(digest, clock.instant().minusSeconds(60))).isEqualTo(-1);
        clock.forward(Duration.ofHours(1));
        assertThat(store.remove(digest, clock.instant().minusSeconds(60))).isEqualTo(3);
        assertThat(store.stat(digest)).isEmpty();
    }

    @Test
    void renewsWhatIsWrittenAgain() {
        Digest digest = store.write(MediaType.OCI_LAYER, "again".getBytes()).digest();
        clock.forward(Duration.ofHours(1));
        store.write(MediaType.OCI_LAYER, "again".getBytes());
        assertThat(store.remove(digest, clock.instant().minusSeconds(60))).isEqualTo(-1);
    }

    @Test
    void letsAReaderFinishWhatIsRemoved() throws IOException {
        byte[] content = random(3, 2_000_000);
        Digest digest = store.write(MediaType.OCI_LAYER, content).digest();
        try (InputStream in = store.open(digest)) {
            byte[] start = in.readNBytes(1000);
            store.remove(digest, clock.instant().plusSeconds(60));
            assertThat(start.length + in.readAllBytes().length).isEqualTo(2_000_000);
        }
    }

    @Test
    void takesOneBlobFromManyWritersAtOnce() throws IOException {
        byte[] content = random(4, 1_000_000);
        Digest digest = Digest.sha256(content);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                writers.add(CompletableFuture.runAsync(
                        () -> {
                            BlobUpload upload = store.newUpload(SHOP);
                            upload.append(0, stream(content));
                            upload.commit(digest);
                        },
                        threads));
            }
            writers.forEach(CompletableFuture::join);
        }
        assertThat(read(digest)).isEqualTo(content);
        assertThat(count()).isEqualTo(1);
        assertThat(store.intact(digest)).isTrue();
    }

    int count() {
        List<BlobStat> found = new ArrayList<>();
        store.forEach(found::add);
        return found.size();
    }
}
