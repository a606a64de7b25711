package dev.slipway.registry.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.Images;
import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.blob.BlobStoreContract;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.StorageQuota;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of blobs, and what repositories note, in a bucket of S3Proxy, which others wrote and which checks signatures. */
class S3ProxyTest extends BlobStoreContract {
    private static final String BUCKET = "registry";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path home;

    private static int port;
    private static Process server;

    @TempDir
    Path root;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.createDirectories(home.resolve("data").resolve(BUCKET));
        Files.writeString(home.resolve("logback.xml"), "<configuration><root level=\"ERROR\"/></configuration>");
        Path settings = Files.writeString(home.resolve("settings"), """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v4
                s3proxy.identity=me
                s3proxy.credential=a secret
                jclouds.provider=filesystem-nio2
                jclouds.identity=unused
                jclouds.credential=unused
                jclouds.filesystem.basedir=%s
                """.formatted(port, home.resolve("data")));
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                        "-cp",
                        Files.readString(Path.of("target", "s3proxy.classpath")),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File("target", "s3proxy.log"))
                .start();
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers()) {
            if (Instant.now().isAfter(end) || !server.isAlive()) {
                throw new IllegalStateException("S3Proxy does not answer; target/s3proxy.log says why");
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        server.destroy();
    }

    private final String prefix = "test " + UUID.randomUUID() + "/";

    private Bucket bucket(String secret) {
        return new Bucket(URI.create("http://127.0.0.1:" + port), "us-east-1", BUCKET, prefix, "me", secret);
    }

    private S3BlobStore in(String disk) {
        return new S3BlobStore(
                bucket("a secret"), InstantSource.system(), new StoreTree(root.resolve(disk)), clock, Long.MAX_VALUE);
    }

    @Override
    protected BlobStore open() {
        return in("disk");
    }

    @Test
    void putsLargeContentInPartsAndFindsWhatIsWrong() throws IOException {
        byte[] content = random(3, 40_000_000);
        Digest digest = store.write(MediaType.OCI_LAYER, stream(content)).digest();
        assertThat(read(digest)).isEqualTo(content);
        assertThat(store.intact(digest)).isTrue();
        store.setAside(digest);
        assertThat(store.stat(digest)).isEmpty();
    }

    @Test
    void listsAllThatIsThere() {
        List<Digest> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            written.add(store.write(MediaType.OCI_LAYER, random(i, 10 + i)).digest());
        }
        List<Digest> listed = new ArrayList<>();
        store.forEach(stat -> listed.add(stat.digest()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void tellsASignatureThatIsRefused() {
        StoreTree tree = new StoreTree(root.resolve("other"));
        BlobStore wrong = new S3BlobStore(bucket("wrong"), InstantSource.system(), tree, clock, Long.MAX_VALUE);
        assertThatThrownBy(() -> wrong.stat(Digest.sha256(new byte[0])))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("status 403");
    }

    private Registry registry(String disk) {
        StoreTree tree = new StoreTree(root.resolve(disk));
        BucketCopy copy = new BucketCopy(bucket("a secret"), InstantSource.system(), tree, clock);
        copy.open();
        return new Registry(in(disk), tree, clock, 1_000_000, StorageQuota.unlimited(), copy);
    }

    @Test
    void bringsRepositoriesBackToANewDisk() {
        RepositoryName shop = RepositoryName.parse("acme/shop");
        Registry registry = registry("first");
        Digest image = Images.put(registry, shop, new Tag("v1"), "one", "two");
        Images.put(registry, shop, new Tag("v2"), "three");
        registry.deleteManifest(shop, new Tag("v2"));
        Registry again = registry("second");
        assertThat(again.tags(shop)).containsExactly(new Tag("v1"));
        assertThat(again.resolve(shop, new Tag("v1"))).contains(image);
        assertThat(again.usage()).isEqualTo(registry.usage());
    }
}
