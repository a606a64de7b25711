package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.MediaType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The kinds of content and the ways of pushing that the conformance suite of the OCI Distribution Specification tries: each is pushed,
 * listed, asked for, pulled, looked up by its subject and deleted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceDataTest {
    private static final String CONFIG = MediaType.OCI_CONFIG.value();
    private static final String LAYER = MediaType.OCI_LAYER_GZIP.value();
    private static final String EMPTY = MediaType.OCI_EMPTY.value();
    private static final String EXAMPLE = "application/vnd.example.oci.conformance";
    private static final byte[] EMPTY_OBJECT = "{}".getBytes();

    private final Random random = new Random(12);
    private RegistryServer server;
    private Client client;

    @BeforeAll
    void start(@TempDir Path root) {
        server = new RegistryServer(root);
        client = Client.as(server, "alice");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private byte[] bytes(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    private String blob(String name, String mediaType, byte[] content) {
        return descriptor(client.pushBlob(name, content).withMediaType(new MediaType(mediaType)));
    }

    private static String descriptor(Descriptor descriptor) {
        return new String(descriptor.toBytes(), StandardCharsets.UTF_8);
    }

    private static String image(String config, List<String> layers, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":" + config
                + ",\"layers\":[" + String.join(",", layers) + "]" + more + "}";
    }

    private static String index(List<String> manifests, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":["
                + String.join(",", manifests) + "]" + more + "}";
    }

    private String usual(String name, String more) {
        return image(
                blob(name, CONFIG, EMPTY_OBJECT),
                List.of(blob(name, LAYER, bytes(99)), blob(name, LAYER, bytes(7))),
                more);
    }

    private String artifact(String name, String more) {
        return image(
                blob(name, EMPTY, EMPTY_OBJECT),
                List.of(blob(name, EXAMPLE, bytes(20))),
                ",\"artifactType\":\"" + EXAMPLE + "\"" + more);
    }

    /** Puts a manifest by its digest and gives its descriptor, for what lists it or is about it. */
    private String put(String name, String manifest) {
        byte[] content = manifest.getBytes(StandardCharsets.UTF_8);
        MediaType type = new MediaType(typeOf(manifest));
        Digest digest = Digest.sha256(content);
        assertThat(client.putManifest(name, digest.toString(), type, content).statusCode())
                .isEqualTo(201);
        return descriptor(Descriptor.of(type, digest, content.length));
    }

    private static String typeOf(String manifest) {
        return (manifest.contains("\"manifests\":[") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST).value();
    }

    private String listing(String name, String more) {
        return index(List.of(put(name, usual(name, "")), put(name, usual(name, ""))), more);
    }

    private static String about(String descriptor) {
        return ",\"subject\":" + descriptor + ",\"annotations\":{\"org.example\":\"about another\"}";
    }

    /** The kinds of content, by the suite's names. */
    enum Kind {
        IMAGE,
        IMAGE_UNCOMPRESSED,
        LARGE_MANIFEST,
        INDEX,
        NESTED_INDEX,
        EMPTY_INDEX,
        ARTIFACT,
        ARTIFACT_INDEX,
        ARTIFACT_WITHOUT_LAYERS,
        ARTIFACT_WITH_SUBJECT,
        INDEX_WITH_SUBJECT,
        MISSING_SUBJECT,
        DATA_FIELD,
        NON_DISTRIBUTABLE_LAYERS,
        CUSTOM_FIELDS,
        NO_LAYERS
    }

    private String manifest(Kind kind, String name) {
        return switch (kind) {
            case IMAGE -> usual(name, "");
            case IMAGE_UNCOMPRESSED ->
                image(
                        blob(name, CONFIG, EMPTY_OBJECT),
                        List.of(blob(name, MediaType.OCI_LAYER.value(), bytes(50))),
                        "");
            case LARGE_MANIFEST -> usual(name, ",\"annotations\":{\"a\":\"" + "A".repeat(3_900_000) + "\"}");
            case INDEX -> listing(name, "");
            case NESTED_INDEX -> index(List.of(put(name, listing(name, "")), put(name, listing(name, ""))), "");
            case EMPTY_INDEX -> index(List.of(), "");
            case ARTIFACT -> artifact(name, "");
            case ARTIFACT_INDEX ->
                index(List.of(put(name, artifact(name, ""))), ",\"artifactType\":\"" + EXAMPLE + "\"");
            case ARTIFACT_WITHOUT_LAYERS -> {
                String empty = blob(name, EMPTY, EMPTY_OBJECT);
                yield image(empty, List.of(empty), ",\"artifactType\":\"" + EXAMPLE + "\"");
            }
            case ARTIFACT_WITH_SUBJECT -> artifact(name, about(put(name, usual(name, ""))));
            case INDEX_WITH_SUBJECT ->
                listing(name, ",\"artifactType\":\"" + EXAMPLE + "\"" + about(put(name, listing(name, ""))));
            case MISSING_SUBJECT ->
                artifact(name, about(descriptor(Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(bytes(9)), 123))));
            case DATA_FIELD ->
                image(
                        blob(name, CONFIG, EMPTY_OBJECT).replace("}", ",\"data\":\"e30=\"}"),
                        List.of(blob(name, LAYER, bytes(5))),
                        "");
            case NON_DISTRIBUTABLE_LAYERS ->
                image(
                        blob(name, CONFIG, EMPTY_OBJECT),
                        List.of(
                                "{\"mediaType\":\"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip\",\"digest\":\""
                                        + Digest.sha256(bytes(8))
                                        + "\",\"size\":123456,\"urls\":[\"https://store.example.com/x\"]}",
                                blob(name, LAYER, bytes(5))),
                        "");
            case CUSTOM_FIELDS -> usual(name, ",\"org.example.new\":{\"deep\":[1,2,{\"x\":null}]}");
            case NO_LAYERS -> image(blob(name, CONFIG, EMPTY_OBJECT), List.of(), "");
        };
    }

    @ParameterizedTest
    @EnumSource
    void pushesListsPullsAndDeletes(Kind kind) {
        String name = "acme/" + kind.name().toLowerCase(java.util.Locale.ROOT);
        String text = manifest(kind, name);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(content);
        HttpResponse<byte[]> put = client.putManifest(name, "v1", new MediaType(typeOf(text)), content);
        assertThat(put.statusCode()).as(new String(put.body())).isEqualTo(201);
        assertThat(Client.json(client.get("/v2/" + name + "/tags/list")).path("tags"))
                .hasToString("[\"v1\"]");
        for (String reference : List.of("v1", digest.toString())) {
            String path = "/v2/" + name + "/manifests/" + reference;
            assertThat(client.head(path).headers().firstValue("Content-Length"))
                    .contains(Integer.toString(content.length));
            HttpResponse<byte[]> got = client.get(path, "Accept", typeOf(text));
            assertThat(got.body()).as("to the byte").isEqualTo(content);
            assertThat(got.headers().firstValue("Content-Type")).contains(typeOf(text));
        }
        JsonNode subject =
                Client.json(client.get("/v2/" + name + "/manifests/v1")).path("subject");
        String of = subject.path("digest").asText(digest.toString());
        JsonNode referrers =
                Client.json(client.get("/v2/" + name + "/referrers/" + of)).path("manifests");
        if (subject.isMissingNode()) {
            assertThat(referrers).isEmpty();
        } else {
            assertThat(put.headers().firstValue("OCI-Subject")).contains(of);
            assertThat(referrers).hasSize(1);
            assertThat(referrers.path(0).path("digest").asText()).isEqualTo(digest.toString());
            assertThat(referrers.path(0).path("artifactType").asText()).isEqualTo(EXAMPLE);
            assertThat(referrers.path(0).path("annotations").path("org.example").asText())
                    .isEqualTo("about another");
        }
        assertThat(client.delete("/v2/" + name + "/manifests/v1").statusCode()).isEqualTo(202);
        assertThat(client.delete("/v2/" + name + "/manifests/" + digest).statusCode())
                .isEqualTo(202);
        assertThat(client.get("/v2/" + name + "/manifests/" + digest).statusCode())
                .isEqualTo(404);
        assertThat(Client.json(client.get("/v2/" + name + "/tags/list")).path("tags"))
                .isEmpty();
        assertThat(Client.json(client.get("/v2/" + name + "/referrers/" + of)).path("manifests"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void pushesBlobsInEveryWay(Digest.Algorithm algorithm) {
        String name = "acme/ways-" + algorithm.prefix();
        String other = name + "/other";
        Map<String, byte[]> ways = new LinkedHashMap<>();
        for (String way : List.of("post only", "post put", "stream", "chunked single", "chunked", "chunked put")) {
            byte[] content = bytes(1000);
            ways.put(way, content);
            Digest digest = Digest.of(algorithm, content);
            assertThat(client.get("/v2/" + name + "/blobs/" + digest).statusCode())
                    .as("before " + way)
                    .isEqualTo(404);
            HttpResponse<byte[]> ended = push(name, way, content, digest);
            assertThat(ended.statusCode()).as(way).isEqualTo(201);
            assertThat(ended.headers().firstValue("Docker-Content-Digest")).contains(digest.toString());
            assertThat(client.get(Client.location(ended)).body()).as(way).isEqualTo(content);
            assertThat(client.head("/v2/" + name + "/blobs/" + digest).statusCode())
                    .isEqualTo(200);
        }
        Digest known = Digest.of(algorithm, ways.getOrDefault("stream", new byte[0]));
        String mount = "/v2/" + other + "/blobs/uploads/?mount=";
        assertThat(client.post(mount + known + "&from=" + name).statusCode()).isEqualTo(201);
        assertThat(client.get("/v2/" + other + "/blobs/" + known).statusCode()).isEqualTo(200);
        assertThat(client.post(mount + Digest.of(algorithm, bytes(3)) + "&from=" + name)
                        .statusCode())
                .isEqualTo(202);
        String cancelled = client.beginUpload(name);
        client.patch(cancelled, bytes(10));
        assertThat(client.delete(cancelled).statusCode()).isEqualTo(204);
        assertThat(client.get(cancelled).statusCode()).isEqualTo(404);
        for (Map.Entry<String, byte[]> way : ways.entrySet()) {
            String path = "/v2/" + name + "/blobs/" + Digest.of(algorithm, way.getValue());
            HttpResponse<byte[]> part = client.get(path, "Range", "bytes=100-199");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(way.getValue(), 100, 200));
            assertThat(client.delete(path).statusCode()).isEqualTo(202);
            assertThat(client.get(path).statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<byte[]> push(String name, String way, byte[] content, Digest digest) {
        String post = "/v2/" + name + "/blobs/uploads/";
        String end = "?digest=" + digest;
        return switch (way) {
            case "post only" -> client.send("POST", post + end, BodyPublishers.ofByteArray(content));
            case "post put" -> client.put(client.beginUpload(name) + end, content);
            case "stream" -> client.put(patched(client.beginUpload(name), content) + end, new byte[0]);
            case "chunked single" ->
                client.put(patched(client.beginUpload(name), content, "Content-Range", "0-999") + end, new byte[0]);
            default -> {
                byte[] first = Arrays.copyOf(content, 400);
                byte[] second = Arrays.copyOfRange(content, 400, 800);
                byte[] third = Arrays.copyOfRange(content, 800, 1000);
                String at = client.beginUpload(name);
                assertThat(client.patch(at, second, "Content-Range", "400-799").statusCode())
                        .as("out of order")
                        .isEqualTo(416);
                at = patched(at, first, "Content-Range", "0-399");
                assertThat(client.patch(at, third, "Content-Range", "800-999").statusCode())
                        .as("out of order")
                        .isEqualTo(416);
                at = patched(at, second, "Content-Range", "400-799");
                if (way.equals("chunked put")) {
                    assertThat(client.put(at + end, first, "Content-Range", "0-399")
                                    .statusCode())
                            .as("out of order")
                            .isEqualTo(416);
                    yield client.put(at + end, third, "Content-Range", "800-999");
                }
                yield client.put(patched(at, third, "Content-Range", "800-999") + end, new byte[0]);
            }
        };
    }

    private String patched(String at, byte[] content, String... headers) {
        HttpResponse<byte[]> answer = client.patch(at, content, headers);
        assertThat(answer.statusCode()).isEqualTo(202);
        return Client.location(answer);
    }

    @Test
    void refusesABlobOfAnotherDigestInEveryWay() {
        Digest other = Digest.sha256(bytes(3));
        byte[] content = bytes(1000);
        for (String way : List.of("post only", "post put", "stream", "chunked single", "chunked", "chunked put")) {
            HttpResponse<byte[]> answer = push("acme/bad", way, content, other);
            assertThat(answer.statusCode()).as(way).isEqualTo(400);
            assertThat(Client.code(answer)).isEqualTo("DIGEST_INVALID");
        }
        assertThat(client.get("/v2/acme/bad/blobs/" + other).statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAManifestOfAnotherDigestAndOneThatLacksItsParts() {
        String manifest = usual("acme/sparse", "");
        byte[] content = manifest.getBytes(StandardCharsets.UTF_8);
        byte[] padded = (manifest + "  ").getBytes(StandardCharsets.UTF_8);
        String digest = Digest.sha256(content).toString();
        assertThat(Client.code(client.putManifest("acme/sparse", digest, MediaType.OCI_MANIFEST, padded)))
                .isEqualTo("DIGEST_INVALID");
        String absent = descriptor(Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(bytes(9)), 1024));
        HttpResponse<byte[]> sparse = client.putManifest(
                "acme/sparse",
                "v1",
                MediaType.OCI_INDEX,
                index(List.of(absent), "").getBytes());
        assertThat(sparse.statusCode()).isEqualTo(404);
        assertThat(Client.code(sparse)).isEqualTo("MANIFEST_BLOB_UNKNOWN");
    }
}
