package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Walks the table of endpoints of the OCI Distribution Specification 1.1 ({@code end-1} to {@code end-13}), success and failure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {
    private static final String NAME = "acme/conformance";
    private static final String BASE = "/v2/" + NAME;
    private static final byte[] CONTENT = "content of a blob".getBytes();
    private static final Digest DIGEST = Digest.sha256(CONTENT);
    private static final Digest ABSENT = Digest.sha256("absent".getBytes());
    private static final Pattern LOCATION = Pattern.compile("(http://[^/]+)?/v2/acme/conformance/blobs/uploads/[^?]+");

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

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** The JSON form of an error: a list, each with a code in capitals and a message. */
    private static void assertError(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        JsonNode error = Client.json(answer).path("errors").path(0);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotEmpty();
    }

    @Test
    void end1SaysThatThisIsARegistry() {
        HttpResponse<byte[]> answer = client.get("/v2/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    }

    @Test
    void end2PullsBlobs() {
        client.pushBlob(NAME, CONTENT);
        HttpResponse<byte[]> got = client.get(BASE + "/blobs/" + DIGEST);
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(CONTENT);
        HttpResponse<byte[]> head = client.head(BASE + "/blobs/" + DIGEST);
        assertThat(head.statusCode()).isEqualTo(200);
        for (HttpResponse<byte[]> answer : List.of(got, head)) {
            assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
            assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(CONTENT.length));
            assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        }
        assertError(client.get(BASE + "/blobs/" + ABSENT), 404, "BLOB_UNKNOWN");
        assertThat(client.head(BASE + "/blobs/" + ABSENT).statusCode()).isEqualTo(404);
        assertError(client.get(BASE + "/blobs/sha256:short"), 400, "DIGEST_INVALID");
    }

    @Test
    void end2PullsPartsOfBlobsAndNotWhatIsUnchanged() {
        client.pushBlob(NAME, CONTENT);
        String path = BASE + "/blobs/" + DIGEST;
        HttpResponse<byte[]> part = client.get(path, "Range", "bytes=0-6");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 0-6/" + CONTENT.length);
        assertThat(new String(part.body())).isEqualTo("content");
        assertThat(client.get(path, "Range", "bytes=" + CONTENT.length + "-").statusCode())
                .isEqualTo(416);
        assertThat(client.get(path, "If-None-Match", header(part, "ETag")).statusCode())
                .isEqualTo(304);
        assertThat(client.get(path, "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void end3PullsManifestsByTagAndDigest() {
        Digest digest = client.pushImage(NAME, "pull", "layer");
        for (String reference : List.of("pull", digest.toString())) {
            HttpResponse<byte[]> got = client.get(BASE + "/manifests/" + reference);
            HttpResponse<byte[]> head = client.head(BASE + "/manifests/" + reference);
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(Digest.sha256(got.body())).isEqualTo(digest);
            for (HttpResponse<byte[]> answer : List.of(got, head)) {
                assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(digest.toString());
                assertThat(header(answer, "Content-Type")).isEqualTo(MediaType.OCI_MANIFEST.value());
                assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(got.body().length));
            }
            assertThat(client.get(BASE + "/manifests/" + reference, "If-None-Match", "\"" + digest + "\"")
                            .statusCode())
                    .isEqualTo(304);
        }
        assertError(client.get(BASE + "/manifests/absent"), 404, "MANIFEST_UNKNOWN");
        assertError(client.get(BASE + "/manifests/" + ABSENT), 404, "MANIFEST_UNKNOWN");
        assertThat(client.head(BASE + "/manifests/absent").statusCode()).isEqualTo(404);
    }

    @Test
    void end4aAnd5And6PushInChunks() {
        HttpResponse<byte[]> begun = client.post(BASE + "/blobs/uploads/");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(Client.location(begun)).matches(LOCATION);
        String at = Client.location(begun);
        int half = CONTENT.length / 2;
        byte[] first = Arrays.copyOf(CONTENT, half);
        byte[] second = Arrays.copyOfRange(CONTENT, half, CONTENT.length);
        HttpResponse<byte[]> one = client.patch(at, first, "Content-Range", "0-" + (half - 1));
        assertThat(one.statusCode()).isEqualTo(202);
        assertThat(header(one, "Range")).isEqualTo("0-" + (half - 1));
        at = Client.location(one);
        HttpResponse<byte[]> again = client.patch(at, first, "Content-Range", "0-" + (half - 1));
        assertThat(again.statusCode()).as("out of order").isEqualTo(416);
        assertThat(header(again, "Range")).isEqualTo("0-" + (half - 1));
        HttpResponse<byte[]> status = client.get(at);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(Client.location(status)).matches(LOCATION);
        HttpResponse<byte[]> two =
                client.patch(Client.location(status), second, "Content-Range", half + "-" + (CONTENT.length - 1));
        assertThat(two.statusCode()).isEqualTo(202);
        HttpResponse<byte[]> ended = client.put(Client.location(two) + "?digest=" + DIGEST, new byte[0]);
        assertThat(ended.statusCode()).isEqualTo(201);
        assertThat(client.get(Client.location(ended)).body()).isEqualTo(CONTENT);
    }

    @Test
    void end4aPushesAStreamWithoutARange() {
        String at = client.beginUpload(NAME);
        HttpResponse<byte[]> streamed = client.patch(at, CONTENT, "Content-Type", "application/octet-stream");
        assertThat(streamed.statusCode()).isEqualTo(202);
        assertThat(client.put(Client.location(streamed) + "?digest=" + DIGEST, new byte[0])
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void end4bPushesInOnePost() {
        byte[] content = "in one".getBytes();
        HttpResponse<byte[]> answer = client.send(
                "POST",
                BASE + "/blobs/uploads/?digest=" + Digest.sha256(content),
                BodyPublishers.ofByteArray(content),
                "Content-Type",
                "application/octet-stream");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(client.get(Client.location(answer)).body()).isEqualTo(content);
    }

    @Test
    void end6RefusesWhatIsNotPromised() {
        assertError(client.put(client.beginUpload(NAME) + "?digest=" + ABSENT, CONTENT), 400, "DIGEST_INVALID");
        assertError(client.put(client.beginUpload(NAME), CONTENT), 400, "DIGEST_INVALID");
        assertError(client.put(client.beginUpload(NAME) + "?digest=md5:00", CONTENT), 400, "DIGEST_INVALID");
        assertError(client.post("/v2/Upper/Case/blobs/uploads/"), 400, "NAME_INVALID");
    }

    @Test
    void end7PushesManifests() {
        ImageManifest image = client.image(NAME, "of end-7");
        Digest digest = Digest.sha256(image.toBytes());
        for (String reference : List.of("end-7", digest.toString())) {
            HttpResponse<byte[]> put = client.putManifest(NAME, reference, image.mediaType(), image.toBytes());
            assertThat(put.statusCode()).isEqualTo(201);
            assertThat(header(put, "Docker-Content-Digest")).isEqualTo(digest.toString());
            assertThat(client.get(Client.location(put)).body()).isEqualTo(image.toBytes());
        }
        Digest strong = Digest.of(Digest.Algorithm.SHA512, image.toBytes());
        HttpResponse<byte[]> put = client.putManifest(NAME, strong.toString(), image.mediaType(), image.toBytes());
        assertThat(header(put, "Docker-Content-Digest")).isEqualTo(strong.toString());
        assertThat(client.get(BASE + "/manifests/" + strong).body()).isEqualTo(image.toBytes());
        assertError(
                client.putManifest(NAME, ABSENT.toString(), image.mediaType(), image.toBytes()), 400, "DIGEST_INVALID");
        assertError(client.putManifest(NAME, "bad", image.mediaType(), "{".getBytes()), 400, "MANIFEST_INVALID");
        byte[] lacking = ImageManifest.of(Descriptor.of(MediaType.OCI_CONFIG, ABSENT, 6), List.of())
                .toBytes();
        assertError(client.putManifest(NAME, "lacking", image.mediaType(), lacking), 404, "MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void end7TakesDockersFormsAndIndexes() {
        ImageManifest image = client.image(NAME, "docker's");
        ImageManifest docker = new ImageManifest(
                MediaType.DOCKER_MANIFEST,
                Optional.empty(),
                image.config().withMediaType(MediaType.DOCKER_CONFIG),
                List.of(image.layers().getFirst().withMediaType(MediaType.DOCKER_LAYER_GZIP)),
                Optional.empty(),
                Map.of());
        assertThat(client.putManifest(NAME, "docker", docker.mediaType(), docker.toBytes())
                        .statusCode())
                .isEqualTo(201);
        Descriptor entry = Descriptor.of(docker.mediaType(), Digest.sha256(docker.toBytes()), docker.toBytes().length);
        for (MediaType type : List.of(MediaType.DOCKER_LIST, MediaType.OCI_INDEX)) {
            ImageIndex index = new ImageIndex(type, Optional.empty(), List.of(entry), Optional.empty(), Map.of());
            assertThat(client.putManifest(NAME, "list", type, index.toBytes()).statusCode())
                    .isEqualTo(201);
            assertThat(header(client.get(BASE + "/manifests/list"), "Content-Type"))
                    .isEqualTo(type.value());
        }
    }

    @Test
    void end8ListsTagsInPages() {
        String name = "acme/tags";
        for (String tag : List.of("b", "a", "C", "d")) {
            client.pushImage(name, tag, "layer");
        }
        JsonNode all = Client.json(client.get("/v2/" + name + "/tags/list"));
        assertThat(all.path("name").asText()).isEqualTo(name);
        assertThat(all.path("tags")).hasToString("[\"a\",\"b\",\"C\",\"d\"]");
        HttpResponse<byte[]> page = client.get("/v2/" + name + "/tags/list?n=2");
        assertThat(Client.json(page).path("tags")).hasToString("[\"a\",\"b\"]");
        assertThat(header(page, "Link")).isEqualTo("</v2/acme/tags/tags/list?n=2&last=b>; rel=\"next\"");
        HttpResponse<byte[]> rest = client.get("/v2/" + name + "/tags/list?n=2&last=b");
        assertThat(Client.json(rest).path("tags")).hasToString("[\"C\",\"d\"]");
        assertThat(header(rest, "Link")).isEmpty();
        assertThat(Client.json(client.get("/v2/" + name + "/tags/list?n=0")).path("tags"))
                .isEmpty();
        assertError(client.get("/v2/acme/nowhere/tags/list"), 404, "NAME_UNKNOWN");
    }

    @Test
    void end9And10Delete() {
        String name = "acme/deleted";
        Digest digest = client.pushImage(name, "gone", "layer");
        client.pushImage(name, "stays", "another");
        assertThat(client.delete("/v2/" + name + "/manifests/gone").statusCode())
                .isEqualTo(202);
        assertError(client.get("/v2/" + name + "/manifests/gone"), 404, "MANIFEST_UNKNOWN");
        assertThat(client.get("/v2/" + name + "/manifests/" + digest).statusCode())
                .isEqualTo(200);
        assertThat(client.delete("/v2/" + name + "/manifests/" + digest).statusCode())
                .isEqualTo(202);
        assertError(client.get("/v2/" + name + "/manifests/" + digest), 404, "MANIFEST_UNKNOWN");
        assertError(client.delete("/v2/" + name + "/manifests/" + digest), 404, "MANIFEST_UNKNOWN");
        Digest layer = Digest.sha256("layer".getBytes());
        assertThat(client.delete("/v2/" + name + "/blobs/" + layer).statusCode())
                .isEqualTo(202);
        assertError(client.get("/v2/" + name + "/blobs/" + layer), 404, "BLOB_UNKNOWN");
        assertError(client.delete("/v2/" + name + "/blobs/" + layer), 404, "BLOB_UNKNOWN");
    }

    @Test
    void end9DeletesNothingThatAReleaseIsMadeOf() {
        String name = "acme/released";
        Digest digest = client.pushImage(name, "v1", "released layer");
        server.released.add(digest);
        assertError(client.delete("/v2/" + name + "/manifests/" + digest), 403, "DENIED");
        assertThat(client.delete("/v2/" + name + "/manifests/v1").statusCode())
                .as("its tag may go")
                .isEqualTo(202);
        assertThat(client.get("/v2/" + name + "/manifests/" + digest).statusCode())
                .isEqualTo(200);
    }

    @Test
    void end11Mounts() {
        Digest digest = client.pushBlob("acme/source", "to mount".getBytes()).digest();
        HttpResponse<byte[]> mounted = client.post(BASE + "/blobs/uploads/?mount=" + digest + "&from=acme/source");
        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(client.get(Client.location(mounted)).body()).isEqualTo("to mount".getBytes());
        HttpResponse<byte[]> absent = client.post(BASE + "/blobs/uploads/?mount=" + ABSENT + "&from=acme/source");
        assertThat(absent.statusCode()).as("an upload begins instead").isEqualTo(202);
        assertThat(Client.location(absent)).matches(LOCATION);
        assertThat(client.post(BASE + "/blobs/uploads/?mount=" + ABSENT).statusCode())
                .isEqualTo(202);
    }

    @Test
    void end12ListsReferrersBeforeAndAfterTheirSubject() {
        String name = "acme/referred";
        ImageManifest subject = client.image(name, "subject");
        Digest digest = Digest.sha256(subject.toBytes());
        Descriptor about = Descriptor.of(MediaType.OCI_MANIFEST, digest, subject.toBytes().length);
        MediaType signature = new MediaType("application/vnd.example.signature");
        MediaType bill = new MediaType("application/vnd.example.sbom");
        HttpResponse<byte[]> early = client.get("/v2/" + name + "/referrers/" + digest);
        assertThat(early.statusCode()).isEqualTo(200);
        assertThat(Client.json(early).path("manifests")).isEmpty();
        for (MediaType type : List.of(signature, bill)) {
            ImageManifest artifact = new ImageManifest(
                    MediaType.OCI_MANIFEST,
                    Optional.of(type),
                    client.pushBlob(name, "{}".getBytes()).withMediaType(MediaType.OCI_EMPTY),
                    List.of(),
                    Optional.of(about),
                    Map.of("of", "the test"));
            HttpResponse<byte[]> put = client.putManifest(
                    name, Digest.sha256(artifact.toBytes()).toString(), MediaType.OCI_MANIFEST, artifact.toBytes());
            assertThat(put.statusCode()).isEqualTo(201);
            assertThat(header(put, "OCI-Subject")).isEqualTo(digest.toString());
        }
        client.putManifest(name, "subject", MediaType.OCI_MANIFEST, subject.toBytes());
        HttpResponse<byte[]> all = client.get("/v2/" + name + "/referrers/" + digest);
        assertThat(header(all, "Content-Type")).isEqualTo(MediaType.OCI_INDEX.value());
        assertThat(header(all, "OCI-Filters-Applied")).isEmpty();
        assertThat(Client.json(all).path("manifests")).hasSize(2);
        HttpResponse<byte[]> some = client.get("/v2/" + name + "/referrers/" + digest + "?artifactType=" + bill);
        assertThat(header(some, "OCI-Filters-Applied")).isEqualTo("artifactType");
        JsonNode only = Client.json(some).path("manifests");
        assertThat(only).hasSize(1);
        assertThat(only.path(0).path("artifactType").asText()).isEqualTo(bill.value());
        assertThat(only.path(0).path("annotations").path("of").asText()).isEqualTo("the test");
        assertError(client.get("/v2/" + name + "/referrers/nothing"), 400, "DIGEST_INVALID");
    }

    @Test
    void end12AlsoListsWhatClientsWithoutTheApiLeftUnderATag() {
        String name = "acme/fallback";
        Digest subject = client.pushImage(name, "v1", "subject");
        byte[] artifact = client.image(name, "a signature").toBytes();
        Digest digest = Digest.sha256(artifact);
        client.putManifest(name, digest.toString(), MediaType.OCI_MANIFEST, artifact);
        ImageIndex list = ImageIndex.of(List.of(Descriptor.of(MediaType.OCI_MANIFEST, digest, artifact.length)));
        String tag = subject.toString().replace(':', '-');
        assertThat(client.putManifest(name, tag, MediaType.OCI_INDEX, list.toBytes())
                        .statusCode())
                .isEqualTo(201);
        JsonNode found =
                Client.json(client.get("/v2/" + name + "/referrers/" + subject)).path("manifests");
        assertThat(found).hasSize(1);
        assertThat(found.path(0).path("digest").asText()).isEqualTo(digest.toString());
    }

    @Test
    void end13TellsHowFarAnUploadIsAndForgetsItWhenCancelled() {
        String at = client.beginUpload(NAME);
        client.patch(at, CONTENT);
        HttpResponse<byte[]> status = client.get(at);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "Range")).isEqualTo("0-" + (CONTENT.length - 1));
        assertThat(client.delete(at).statusCode()).isEqualTo(204);
        assertError(client.get(at), 404, "BLOB_UPLOAD_UNKNOWN");
        assertError(client.delete(at), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void refusesWithTheRightWordWhoeverMayNot() {
        HttpResponse<byte[]> nobody = new Client(server, "").get(BASE + "/tags/list");
        assertError(nobody, 401, "UNAUTHORIZED");
        assertThat(header(nobody, "WWW-Authenticate"))
                .contains("realm=\"http://" + server.host() + "/v2/token\"", "scope=\"repository:" + NAME + ":pull\"");
        assertError(Client.as(server, "bob").get(BASE + "/tags/list"), 404, "NAME_UNKNOWN");
        client.pushImage(NAME, "listed", "layer");
        assertError(client.get("/v2/_catalog"), 403, "DENIED");
        assertThat(Client.json(Client.as(server, "root").get("/v2/_catalog?n=1"))
                        .path("repositories"))
                .hasSize(1);
        assertError(client.send("POST", BASE + "/tags/list", BodyPublishers.noBody()), 405, "UNSUPPORTED");
    }
}
