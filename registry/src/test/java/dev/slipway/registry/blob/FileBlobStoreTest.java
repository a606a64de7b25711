package dev.slipway.registry.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.MediaType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest extends BlobStoreContract {
    @TempDir
    Path root;

    @Override
    protected BlobStore open() {
        return new FileBlobStore(new StoreTree(root), clock);
    }

    private List<Path> under(Path directory) throws IOException {
        try (Stream<Path> entries = Files.walk(directory)) {
            return entries.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void goesOnWithAnUploadAfterARestart() {
        BlobUpload upload = store.newUpload(SHOP);
        upload.append(0, stream("before ".getBytes()));
        BlobUpload resumed = open().upload(SHOP, upload.id()).orElseThrow();
        assertThat(resumed.size()).isEqualTo(7);
        resumed.append(7, stream("after".getBytes()));
        assertThat(resumed.commit(Digest.sha256("before after".getBytes())).size())
                .isEqualTo(12);
    }

    @Test
    void showsNothingOfAWriteThatACrashCutOff() throws IOException {
        BlobUpload upload = store.newUpload(SHOP);
        upload.append(0, stream("all of it".getBytes()));
        BlobStore restarted = open();
        assertThat(restarted.stat(Digest.sha256("all of it".getBytes()))).isEmpty();
        assertThat(under(root.resolve("blobs"))).isEmpty();
    }

    @Test
    void leavesNothingBesideTheBlob() throws IOException {
        store.write(MediaType.OCI_LAYER, "x".getBytes());
        store.newUpload(SHOP).cancel();
        assertThat(under(root.resolve("uploads"))).isEmpty();
        assertThat(under(root.resolve("blobs"))).hasSize(1);
    }

    @Test
    void replacesABlobThatACrashOfTheDiskCutShort() throws IOException {
        Digest digest = store.write(MediaType.OCI_LAYER, "content".getBytes()).digest();
        Files.writeString(new StoreTree(root).blob(digest), "cont");
        assertThat(store.intact(digest)).isFalse();
        store.write(MediaType.OCI_LAYER, "content".getBytes());
        assertThat(store.intact(digest)).isTrue();
    }

    @Test
    void writesToTheDiskWhileMoreArrivesAndTellsWhenThatFails() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        BlobStore behind = new FileBlobStore(new StoreTree(root), clock, Long.MAX_VALUE, tasks::add);
        byte[] content = random(8, 20_000_000);
        BlobUpload upload = behind.newUpload(SHOP);
        upload.append(0, stream(content));
        assertThat(tasks).as("one at a time").hasSize(1);
        tasks.getFirst().run();
        assertThat(upload.commit(Digest.sha256(content)).size()).isEqualTo(content.length);
        Path file = Files.createTempFile(root, "closed", "");
        FileChannel closed = FileChannel.open(file, StandardOpenOption.WRITE);
        WriteBehind failing = new WriteBehind(closed, 0, Runnable::run);
        closed.close();
        failing.grew(9_000_000);
        assertThatThrownBy(failing::close).hasMessageContaining("could not keep what came before");
    }

    @Test
    void refusesABlobOverTheLimitAndKeepsWhatFitted() {
        BlobStore small = new FileBlobStore(new StoreTree(root), clock, 10, task -> {});
        BlobUpload upload = small.newUpload(SHOP);
        upload.append(0, stream(new byte[8]));
        assertRefused(() -> upload.append(8, stream(new byte[3])), ErrorCode.BLOB_TOO_LARGE);
        assertThat(upload.size()).isEqualTo(8);
        upload.append(8, stream(new byte[2]));
        assertThat(upload.commit(Digest.sha256(new byte[10])).size()).isEqualTo(10);
    }
}
