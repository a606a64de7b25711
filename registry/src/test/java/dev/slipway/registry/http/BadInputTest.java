package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
    @TempDir
    Path root;

    private RegistryServer server;
    private Client alice;

    @BeforeEach
    void start() {
        server = new RegistryServer(root, new RequestLimits(Duration.ofSeconds(2), 1, 64, 0));
        alice = Client.as(server, "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/acme/../../etc/manifests/x, 400, NAME_INVALID",
        "/v2/acme/%2e%2e/manifests/x, 400, NAME_INVALID",
        "/v2/acme%2fshop/manifests/x, 400, NAME_INVALID",
        "/v2/acme/sh%C3%B6p/manifests/x, 400, NAME_INVALID",
        "/v2/acme/shop%/manifests/x, 400, NAME_INVALID",
        "/v2/ACME/shop/manifests/x, 400, NAME_INVALID",
        "/v2/acme//shop/manifests/x, 400, NAME_INVALID",
        "/v2/_tags/manifests/x, 400, NAME_INVALID",
        "/v2/acme/shop/blobs/sha256:abc, 400, DIGEST_INVALID",
        "/v2/acme/shop/blobs/sha256:../../../etc/passwd, 404, UNSUPPORTED",
        "/v2/acme/shop/blobs/..%2f..%2ftoken.key, 400, DIGEST_INVALID",
        "/v2/acme/shop/blobs/md5:d41d8cd98f00b204e9800998ecf8427e, 400, DIGEST_INVALID",
        "/v2/acme/shop/manifests/.hidden, 404, MANIFEST_UNKNOWN",
        "/v2/acme/shop/manifests/%F0%9F%9A%A2, 400, NAME_INVALID",
        "/v2/acme/shop/blobs/uploads/not-an-id, 404, BLOB_UPLOAD_UNKNOWN",
        "/v2/acme/shop/blobs/uploads/..%2f..%2fx, 404, BLOB_UPLOAD_UNKNOWN",
        "/v2/acme/shop/nothing, 404, UNSUPPORTED",
        "/v2/acme, 404, UNSUPPORTED",
    })
    void refusesWrongAddresses(String path, int status, String code) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + RegistryServer.basic("alice")
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\"code\":\"" + code + "\"");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        HttpResponse<byte[]> answer = alice.get("/v2/" + "a/".repeat(150) + "b/manifests/x");
        assertThat(Client.code(answer)).isEqualTo("NAME_INVALID");
        assertThat(alice.get("/v2/" + "a".repeat(2000) + "/manifests/x").statusCode())
                .isEqualTo(400);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<byte[]> putManifest(String text) {
        return alice.putManifest("acme/shop", "v1", MediaType.OCI_MANIFEST, text.getBytes());
    }

    @Test
    void refusesManifestsThatAreNone() {
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"schemaVersion\":1}",
                "{\"schemaVersion\":2}",
                "{\"schemaVersion\":2,\"schemaVersion\":2,\"config\":{},\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\"},\"layers\":[]}",
                "{\"schemaVersion\":2,\"mediaType\":\"a/b\",\"config\":{},\"layers\":[]}",
                "[".repeat(100_000))) {
            HttpResponse<byte[]> answer = putManifest(text);
            assertThat(answer.statusCode())
                    .as(text.substring(0, Math.min(40, text.length())))
                    .isEqualTo(400);
            assertThat(Client.code(answer)).isEqualTo("MANIFEST_INVALID");
        }
        assertThat(alice.put("/v2/acme/shop/manifests/v1", "{}".getBytes()).statusCode())
                .isEqualTo(400);
        assertThat(alice.put("/v2/acme/shop/manifests/v1", "{}".getBytes(), "Content-Type", "nonsense")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.registry.repositories()).isEmpty();
    }

    @Test
    void refusesManifestsOverFourMebibytes() {
        byte[] large = new byte[Manifest.MAX_BYTES + 1];
        assertThat(alice.putManifest("acme/shop", "v1", MediaType.OCI_MANIFEST, large)
                        .statusCode())
                .isEqualTo(413);
        HttpResponse<byte[]> unannounced = alice.send(
                "PUT",
                "/v2/acme/shop/manifests/v1",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                "Content-Type",
                MediaType.OCI_MANIFEST.value());
        assertThat(unannounced.statusCode()).isEqualTo(413);
    }

    @Test
    void refusesManifestsOfAbsentOrForeignBlobsOrWrongSizes() {
        ImageManifest elsewhere = alice.image("acme/other", "layer");
        HttpResponse<byte[]> foreign = putManifest(new String(elsewhere.toBytes()));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(Client.code(foreign)).isEqualTo("MANIFEST_BLOB_UNKNOWN");
        ImageManifest here = alice.image("acme/shop", "layer");
        Descriptor layer = here.layers().getFirst();
        ImageManifest lying = ImageManifest.of(
                here.config(), List.of(Descriptor.of(layer.mediaType(), layer.digest(), layer.size() + 1)));
        assertThat(Client.code(putManifest(new String(lying.toBytes())))).isEqualTo("MANIFEST_INVALID");
        HttpResponse<byte[]> misnamed = alice.putManifest(
                "acme/shop", Digest.sha256(new byte[1]).toString(), MediaType.OCI_MANIFEST, here.toBytes());
        assertThat(Client.code(misnamed)).isEqualTo("DIGEST_INVALID");
        assertThat(alice.putManifest("acme/shop", "-x", MediaType.OCI_MANIFEST, here.toBytes())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesWrongRangesAndLengthsOfChunks() {
        String upload = alice.beginUpload("acme/shop");
        for (String range : List.of("x", "5-2", "-1", "1-", "0-18446744073709551615", "bytes 0")) {
            assertThat(alice.patch(upload, "ab".getBytes(), "Content-Range", range)
                            .statusCode())
                    .as(range)
                    .isEqualTo(400);
        }
        assertThat(Client.code(alice.patch(upload, "ab".getBytes(), "Content-Range", "0-9")))
                .isEqualTo("SIZE_INVALID");
        assertThat(Client.code(alice.put(upload, "ab".getBytes()))).isEqualTo("DIGEST_INVALID");
        assertThat(alice.patch(upload, "ab".getBytes(), "Content-Range", "0-1").statusCode())
                .isEqualTo(202);
    }

    @Test
    void refusesMethodsThatMeanNothing() {
        assertThat(alice.post("/v2/acme/shop/manifests/v1").statusCode()).isEqualTo(405);
        assertThat(alice.put("/v2/acme/shop/tags/list", new byte[0]).statusCode())
                .isEqualTo(405);
        assertThat(Client.code(alice.delete("/v2/_catalog"))).isEqualTo("UNSUPPORTED");
    }

    @Test
    void goesOnWithAChunkThatWasCutOff() throws IOException {
        byte[] content = new byte[500_000];
        new Random(5).nextBytes(content);
        String upload = alice.beginUpload("acme/shop");
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(("PATCH " + upload + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
                                    + RegistryServer.basic("alice") + "\r\nContent-Length: 500000\r\n\r\n")
                            .getBytes());
            socket.getOutputStream().write(content, 0, 200_000);
            socket.getOutputStream().flush();
        }
        HttpResponse<byte[]> status = alice.get(upload);
        assertThat(status.statusCode()).isEqualTo(204);
        // An empty chunk waits its turn behind the one that was cut off, and then tells where the upload stands.
        HttpResponse<byte[]> settled = alice.patch(upload, new byte[0]);
        String range = settled.headers().firstValue("Range").orElseThrow();
        int received = Integer.parseInt(range.substring(2)) + 1;
        received = received == 1 ? 0 : received;
        byte[] rest = Arrays.copyOfRange(content, received, content.length);
        HttpResponse<byte[]> ended =
                alice.put(upload + "?digest=" + Digest.sha256(content), rest, "Content-Range", received + "-499999");
        assertThat(ended.statusCode()).isEqualTo(201);
        assertThat(alice.get(Client.location(ended)).body()).isEqualTo(content);
    }

    @Test
    void endsAnUploadThatStopsSendingAndKeepsWhatCame() throws IOException {
        String upload = alice.beginUpload("acme/shop");
        try (Socket socket = new Socket("127.0.0.1", server.port());
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("PATCH " + upload + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
                                    + RegistryServer.basic("alice") + "\r\nContent-Length: 100\r\n\r\nslow")
                            .getBytes());
            assertThat(in.readAllBytes()).isEmpty();
        }
        assertThat(alice.get(upload).headers().firstValue("Range")).contains("0-3");
    }

    @Test
    void storesCompressedContentWithoutLookingInside() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(compressed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                zip.write(zeros);
            }
        }
        byte[] bomb = compressed.toByteArray();
        assertThat(bomb.length).isLessThan(1 << 20);
        ImageManifest image =
                ImageManifest.of(alice.image("acme/shop", "x").config(), List.of(alice.pushBlob("acme/shop", bomb)));
        assertThat(alice.putManifest("acme/shop", "bomb", image.mediaType(), image.toBytes())
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<byte[]> got =
                alice.get("/v2/acme/shop/blobs/" + Digest.sha256(bomb), "Accept-Encoding", "gzip, identity");
        assertThat(got.body()).isEqualTo(bomb);
        assertThat(got.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(server.registry.usage().getFirst().bytes()).isLessThan(2 << 20);
    }

    @Test
    void refusesChunksThatOverlapAndKeepsWhatCameFirst() {
        byte[] content = "0123456789abcdef".getBytes();
        String upload = alice.beginUpload("acme/shop");
        alice.patch(upload, Arrays.copyOf(content, 10), "Content-Range", "0-9");
        for (String range : List.of("5-14", "0-9", "9-18", "11-20")) {
            HttpResponse<byte[]> overlap = alice.patch(upload, new byte[10], "Content-Range", range);
            assertThat(overlap.statusCode()).as(range).isEqualTo(416);
            assertThat(overlap.headers().firstValue("Range")).contains("0-9");
        }
        HttpResponse<byte[]> ended = alice.put(
                upload + "?digest=" + Digest.sha256(content),
                Arrays.copyOfRange(content, 10, 16),
                "Content-Range",
                "10-15");
        assertThat(ended.statusCode()).isEqualTo(201);
        assertThat(alice.get(Client.location(ended)).body()).isEqualTo(content);
    }

    @Test
    void takesOneBlobByTwoUploadsAndKeepsItOnce() {
        byte[] content = new byte[100_000];
        new Random(9).nextBytes(content);
        Digest digest = Digest.sha256(content);
        byte[] half = Arrays.copyOf(content, 50_000);
        byte[] rest = Arrays.copyOfRange(content, 50_000, 100_000);
        String one = alice.beginUpload("acme/shop");
        String other = alice.beginUpload("acme/shop");
        alice.patch(one, half);
        alice.patch(other, half);
        assertThat(alice.put(other + "?digest=" + digest, rest).statusCode()).isEqualTo(201);
        assertThat(alice.put(one + "?digest=" + digest, rest).statusCode()).isEqualTo(201);
        assertThat(alice.get("/v2/acme/shop/blobs/" + digest).body()).isEqualTo(content);
        assertThat(server.registry.usage().getFirst().bytes()).isEqualTo(content.length);
        assertThat(Client.code(alice.get(one))).isEqualTo("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void refusesTagsThatAreNoneAndTakesTheLongest() {
        byte[] image = alice.image("acme/shop", "layer").toBytes();
        for (String tag :
                List.of("%C3%BC", "%F0%9F%9A%A2", "a%20b", "a%2Fb", "-x", ".x", "a".repeat(129), "%00", "%ZZ")) {
            assertThat(statusOfPut(tag, image)).as(tag).isEqualTo(400);
        }
        String longest = "_" + "A".repeat(127);
        assertThat(statusOfPut(longest, image)).isEqualTo(201);
        assertThat(statusOfPut("%76%31", image)).as("v1, percent-encoded").isEqualTo(201);
        assertThat(Client.json(alice.get("/v2/acme/shop/tags/list")).path("tags"))
                .hasToString("[\"" + longest + "\",\"v1\"]");
        assertThat(alice.get("/v2/%61cme/sho%70/manifests/v%31").statusCode()).isEqualTo(200);
    }

    /** By hand, since Java's client sends no address that is none. */
    private int statusOfPut(String tag, byte[] manifest) {
        try {
            String head = "PUT /v2/acme/shop/manifests/" + tag + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
                    + RegistryServer.basic("alice") + "\r\nContent-Type: " + MediaType.OCI_MANIFEST
                    + "\r\nConnection: close\r\nContent-Length: " + manifest.length + "\r\n\r\n";
            return Integer.parseInt(raw(head + new String(manifest, StandardCharsets.ISO_8859_1))
                    .substring(9, 12));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void losesNoneOfManyReferrersPushedAtOnce() {
        alice.pushImage("acme/shop", "v1", "subject");
        byte[] subject = alice.get("/v2/acme/shop/manifests/v1").body();
        Descriptor about = Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(subject), subject.length);
        Descriptor config = alice.pushBlob("acme/shop", "{}".getBytes()).withMediaType(MediaType.OCI_EMPTY);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<Integer>> pushes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                byte[] referrer = new ImageManifest(
                                MediaType.OCI_MANIFEST,
                                Optional.of(new MediaType("application/vnd.example")),
                                config,
                                List.of(config),
                                Optional.of(about),
                                Map.of("number", "" + i))
                        .toBytes();
                String path = Digest.sha256(referrer).toString();
                pushes.add(CompletableFuture.supplyAsync(
                        () -> alice.putManifest("acme/shop", path, MediaType.OCI_MANIFEST, referrer)
                                .statusCode(),
                        threads));
            }
            assertThat(pushes).allSatisfy(push -> assertThat(push.join()).isEqualTo(201));
        }
        assertThat(Client.json(alice.get("/v2/acme/shop/referrers/" + about.digest()))
                        .path("manifests"))
                .hasSize(200);
    }

    @Test
    void readersOfAMovingTagNeverSeeAnError() {
        alice.pushImage("acme/shop", "moving", "start");
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            CompletableFuture<Void> mover = CompletableFuture.runAsync(
                    () -> {
                        String previous = "";
                        for (int i = 0; i < 30; i++) {
                            Digest digest = alice.pushImage("acme/shop", "moving", "layer" + i);
                            if (!previous.isEmpty()) {
                                alice.delete("/v2/acme/shop/manifests/" + previous);
                            }
                            previous = digest.toString();
                        }
                    },
                    threads);
            List<CompletableFuture<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(CompletableFuture.supplyAsync(
                        () -> {
                            boolean fine = true;
                            while (!mover.isDone()) {
                                fine &= alice.get("/v2/acme/shop/manifests/moving")
                                                .statusCode()
                                        == 200;
                            }
                            return fine;
                        },
                        threads));
            }
            mover.join();
            assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isTrue());
        }
    }

    @Test
    void leavesNoFileOutsideItsTreeAndNoneUnfinished() throws IOException {
        alice.pushImage("acme/shop", "v1", "layer");
        putManifest("{");
        alice.put(alice.beginUpload("acme/shop") + "?digest=" + Digest.sha256(new byte[1]), new byte[2]);
        try (Stream<Path> entries = Files.list(root)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("blobs", "uploads", "repositories");
        }
        try (Stream<Path> entries = Files.list(root.resolve("uploads"))) {
            assertThat(entries).isEmpty();
        }
    }
}
