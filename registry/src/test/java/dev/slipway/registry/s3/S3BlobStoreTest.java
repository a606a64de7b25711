package dev.slipway.registry.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.blob.BlobStoreContract;
import dev.slipway.registry.blob.BlobUpload;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BlobStoreTest extends BlobStoreContract {
    @TempDir
    Path root;

    private FakeS3 s3;

    @Override
    protected BlobStore open() throws IOException {
        s3 = new FakeS3();
        return in(s3.bucket());
    }

    private S3BlobStore in(Bucket bucket) {
        return new S3BlobStore(bucket, InstantSource.system(), new StoreTree(root), clock, Long.MAX_VALUE);
    }

    @AfterEach
    void close() {
        s3.close();
    }

    @Test
    void putsLargeContentInParts() throws IOException {
        byte[] content = random(3, 40_000_000);
        Digest digest = store.write(MediaType.OCI_LAYER, stream(content)).digest();
        assertThat(s3.parts).hasValue(3);
        assertThat(read(digest)).isEqualTo(content);
        assertThat(store.intact(digest)).isTrue();
        try (InputStream part = store.open(digest, 20_000_000, 5)) {
            assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 20_000_000, 20_000_005));
        }
    }

    @Test
    void keepsAnUploadThatTheBucketRefusedSoThatItCanBeTriedAgain() {
        byte[] content = random(4, 1000);
        Digest digest = Digest.sha256(content);
        BlobUpload upload = store.newUpload(SHOP);
        upload.append(0, stream(content));
        s3.failures.set(1);
        assertThatThrownBy(() -> upload.commit(digest))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("status 503");
        assertThat(store.stat(digest)).isEmpty();
        BlobUpload again = store.upload(SHOP, upload.id()).orElseThrow();
        assertThat(again.commit(digest).size()).isEqualTo(1000);
    }

    @Test
    void tellsASignatureThatIsRefused() {
        assertThatThrownBy(() -> in(s3.bucket("another secret")).stat(Digest.sha256(new byte[0])))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("status 403")
                .hasMessageNotContaining("another secret");
    }

    @Test
    void setsWrongContentAside() {
        Digest digest = store.write(MediaType.OCI_LAYER, "right".getBytes()).digest();
        String key = s3.objects.firstKey();
        s3.objects.put(
                key, new FakeS3.Stored("wrong".getBytes(), s3.objects.get(key).needed()));
        assertThat(store.intact(digest)).isFalse();
        store.setAside(digest);
        assertThat(store.stat(digest)).isEmpty();
        assertThat(s3.objects.firstKey()).isEqualTo("some where/aside/sha256-" + digest.hex());
    }
}
