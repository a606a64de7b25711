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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushAndPullTest {
    private RegistryServer server;
    private Client alice;

    @BeforeEach
    void start(@TempDir Path root) {
        server = new RegistryServer(root);
        alice = Client.as(server, "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesABlobByPostAndPut() {
        byte[] content = "hello".getBytes();
        Digest digest = Digest.sha256(content);
        HttpResponse<byte[]> begun = alice.post("/v2/acme/shop/blobs/uploads/");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(begun.headers().firstValue("Range")).contains("0-0");
        HttpResponse<byte[]> ended = alice.put(Client.location(begun) + "?digest=" + digest, content);
        assertThat(ended.statusCode()).isEqualTo(201);
        assertThat(ended.headers().firstValue("Docker-Content-Digest")).contains(digest.toString());
        HttpResponse<byte[]> read = alice.get(Client.location(ended));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(content);
        assertThat(alice.get(Client.location(ended)).body()).isEqualTo(content);
    }

    @Test
    void takesABlobInOnePost() {
        byte[] content = "single".getBytes();
        String path = "/v2/acme/shop/blobs/uploads/?digest=" + Digest.sha256(content);
        HttpResponse<byte[]> answer = alice.send("POST", path, BodyPublishers.ofByteArray(content));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(alice.get(Client.location(answer)).body()).isEqualTo(content);
    }

    @Test
    void takesSha512() {
        byte[] content = "long hash".getBytes();
        Digest digest = Digest.of(Digest.Algorithm.SHA512, content);
        assertThat(alice.put(alice.beginUpload("acme/shop") + "?digest=" + digest, content)
                        .statusCode())
                .isEqualTo(201);
        assertThat(alice.get("/v2/acme/shop/blobs/" + digest).body()).isEqualTo(content);
    }

    @Test
    void takesChunksInOrderAndTellsWhereItStands() {
        String upload = alice.beginUpload("acme/shop");
        HttpResponse<byte[]> first = alice.patch(upload, "0123".getBytes(), "Content-Range", "0-3");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Range")).contains("0-3");
        assertThat(alice.patch(upload, "xx".getBytes(), "Content-Range", "9-10").statusCode())
                .isEqualTo(416);
        HttpResponse<byte[]> overlap = alice.patch(upload, "23".getBytes(), "Content-Range", "2-3");
        assertThat(overlap.statusCode()).isEqualTo(416);
        assertThat(overlap.headers().firstValue("Range")).contains("0-3");
        HttpResponse<byte[]> status = alice.get(upload);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(status.headers().firstValue("Range")).contains("0-3");
        assertThat(alice.patch(upload, "4567".getBytes(), "Content-Range", "4-7")
                        .statusCode())
                .isEqualTo(202);
        Digest digest = Digest.sha256("0123456789".getBytes());
        assertThat(alice.put(upload + "?digest=" + digest, "89".getBytes(), "Content-Range", "8-9")
                        .statusCode())
                .isEqualTo(201);
        assertThat(alice.get("/v2/acme/shop/blobs/" + digest).body()).isEqualTo("0123456789".getBytes());
        assertThat(alice.get(upload).statusCode()).isEqualTo(404);
    }

    @Test
    void forgetsACancelledUpload() {
        String upload = alice.beginUpload("acme/shop");
        assertThat(alice.delete(upload).statusCode()).isEqualTo(204);
        HttpResponse<byte[]> gone = alice.get(upload);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(Client.code(alice.patch(upload, new byte[1]))).isEqualTo("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void refusesContentOtherThanPromised() {
        String upload = alice.beginUpload("acme/shop");
        Digest other = Digest.sha256("other".getBytes());
        HttpResponse<byte[]> answer = alice.put(upload + "?digest=" + other, "this".getBytes());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Client.code(answer)).isEqualTo("DIGEST_INVALID");
        assertThat(alice.head("/v2/acme/shop/blobs/" + other).statusCode()).isEqualTo(404);
    }

    @Test
    void sendsPartsOfALargeBlobFromTheFile() {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        Digest digest = alice.pushBlob("acme/shop", content).digest();
        String path = "/v2/acme/shop/blobs/" + digest;
        HttpResponse<byte[]> whole = alice.get(path);
        assertThat(whole.body()).isEqualTo(content);
        assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
        HttpResponse<byte[]> part = alice.get(path, "Range", "bytes=100-299999");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100-299999/300000");
        assertThat(part.body()).hasSize(299_900).startsWith(content[100], content[101]);
        assertThat(alice.get(path, "Range", "bytes=-5").body()).hasSize(5).endsWith(content[299_999]);
        HttpResponse<byte[]> behind = alice.get(path, "Range", "bytes=300000-");
        assertThat(behind.statusCode()).isEqualTo(416);
        assertThat(behind.headers().firstValue("Content-Range")).contains("bytes */300000");
        assertThat(alice.get(path, "If-None-Match", "\"" + digest + "\"").statusCode())
                .isEqualTo(304);
        assertThat(alice.head(path).headers().firstValue("Content-Length")).contains("300000");
    }

    @Test
    void keepsManifestsByTagAndDigestExactlyAsPut() {
        ImageManifest manifest = alice.image("acme/shop", "layer");
        byte[] bytes = (" " + new String(manifest.toBytes())).getBytes();
        Digest digest = Digest.sha256(bytes);
        HttpResponse<byte[]> put = alice.putManifest("acme/shop", "v1", MediaType.OCI_MANIFEST, bytes);
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(Client.location(put)).isEqualTo("/v2/acme/shop/manifests/" + digest);
        for (String reference : List.of("v1", digest.toString(), "v1")) {
            HttpResponse<byte[]> read = alice.get("/v2/acme/shop/manifests/" + reference);
            assertThat(read.body()).isEqualTo(bytes);
            assertThat(read.headers().firstValue("Docker-Content-Digest")).contains(digest.toString());
            assertThat(read.headers().firstValue("Content-Type")).contains(MediaType.OCI_MANIFEST.value());
        }
        HttpResponse<byte[]> head = alice.head("/v2/acme/shop/manifests/v1");
        assertThat(head.headers().firstValue("Content-Length")).contains("" + bytes.length);
        HttpResponse<byte[]> same = alice.get("/v2/acme/shop/manifests/v1", "If-None-Match", "\"" + digest + "\"");
        assertThat(same.statusCode()).isEqualTo(304);
    }

    @Test
    void movesATag() {
        Digest first = alice.pushImage("acme/shop", "latest", "one");
        assertThat(alice.head("/v2/acme/shop/manifests/latest").headers().firstValue("Docker-Content-Digest"))
                .contains(first.toString());
        Digest second = alice.pushImage("acme/shop", "latest", "two");
        assertThat(alice.head("/v2/acme/shop/manifests/latest").headers().firstValue("Docker-Content-Digest"))
                .contains(second.toString());
    }

    @Test
    void keepsIndexesOfWhatIsHere() {
        Digest image = alice.pushImage("acme/shop", "v1", "layer");
        long size = alice.get("/v2/acme/shop/manifests/v1").body().length;
        ImageIndex index = ImageIndex.of(List.of(Descriptor.of(MediaType.OCI_MANIFEST, image, size)));
        assertThat(alice.putManifest("acme/shop", "multi", MediaType.OCI_INDEX, index.toBytes())
                        .statusCode())
                .isEqualTo(201);
        Descriptor absent = Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(new byte[3]), 3);
        HttpResponse<byte[]> refused = alice.putManifest(
                "acme/shop",
                "broken",
                MediaType.OCI_INDEX,
                ImageIndex.of(List.of(absent)).toBytes());
        assertThat(Client.code(refused)).isEqualTo("MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void listsReferrersOfASubjectThatCameLater() {
        Descriptor config = alice.pushBlob("acme/shop", "{}".getBytes()).withMediaType(MediaType.OCI_EMPTY);
        ImageManifest subject = alice.image("acme/shop", "subject");
        Descriptor about =
                Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(subject.toBytes()), subject.toBytes().length);
        ImageManifest signature = new ImageManifest(
                MediaType.OCI_MANIFEST,
                Optional.of(new MediaType("application/vnd.example.signature")),
                config,
                List.of(config),
                Optional.of(about),
                Map.of("org.example", "signed"));
        HttpResponse<byte[]> put = alice.putManifest(
                "acme/shop",
                Digest.sha256(signature.toBytes()).toString(),
                MediaType.OCI_MANIFEST,
                signature.toBytes());
        assertThat(put.headers().firstValue("OCI-Subject"))
                .contains(about.digest().toString());
        String path = "/v2/acme/shop/referrers/" + about.digest();
        HttpResponse<byte[]> listed = alice.get(path);
        assertThat(listed.headers().firstValue("Content-Type")).contains(MediaType.OCI_INDEX.value());
        JsonNode entry = Client.json(listed).path("manifests").path(0);
        assertThat(entry.path("artifactType").asText()).isEqualTo("application/vnd.example.signature");
        assertThat(entry.path("annotations").path("org.example").asText()).isEqualTo("signed");
        HttpResponse<byte[]> filtered = alice.get(path + "?artifactType=application/other");
        assertThat(Client.json(filtered).path("manifests")).isEmpty();
        assertThat(filtered.headers().firstValue("OCI-Filters-Applied")).contains("artifactType");
        assertThat(alice.delete("/v2/acme/shop/manifests/" + Digest.sha256(signature.toBytes()))
                        .statusCode())
                .isEqualTo(202);
        assertThat(Client.json(alice.get(path)).path("manifests")).isEmpty();
    }

    @Test
    void listsTagsInPages() {
        for (String tag : List.of("b", "A", "c", "d")) {
            alice.pushImage("acme/shop", tag, "layer");
        }
        List<String> seen = new ArrayList<>();
        String next = "/v2/acme/shop/tags/list?n=3";
        while (next != null) {
            HttpResponse<byte[]> page = alice.get(next);
            Client.json(page).path("tags").forEach(tag -> seen.add(tag.asText()));
            next = page.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse(null);
        }
        assertThat(seen).containsExactly("A", "b", "c", "d");
        assertThat(Client.json(alice.get("/v2/acme/shop/tags/list?n=0")).path("tags"))
                .isEmpty();
        assertThat(alice.get("/v2/acme/shop/tags/list?n=-1").statusCode()).isEqualTo(400);
        assertThat(Client.code(alice.get("/v2/acme/nothing/tags/list"))).isEqualTo("NAME_UNKNOWN");
    }

    @Test
    void deletesTagsManifestsAndBlobs() {
        Digest digest = alice.pushImage("acme/shop", "v1", "layer");
        alice.pushImage("acme/shop", "v2", "layer");
        assertThat(alice.delete("/v2/acme/shop/manifests/v1").statusCode()).isEqualTo(202);
        assertThat(alice.get("/v2/acme/shop/manifests/v1").statusCode()).isEqualTo(404);
        assertThat(alice.get("/v2/acme/shop/manifests/v2").statusCode()).isEqualTo(200);
        assertThat(alice.delete("/v2/acme/shop/manifests/" + digest).statusCode())
                .isEqualTo(202);
        assertThat(Client.code(alice.get("/v2/acme/shop/manifests/v2"))).isEqualTo("MANIFEST_UNKNOWN");
        String blob = "/v2/acme/shop/blobs/" + Digest.sha256("layer".getBytes());
        assertThat(alice.get(blob).statusCode()).isEqualTo(200);
        assertThat(alice.delete(blob).statusCode()).isEqualTo(202);
        assertThat(Client.code(alice.get(blob))).isEqualTo("BLOB_UNKNOWN");
        assertThat(alice.delete(blob).statusCode()).isEqualTo(404);
    }

    @Test
    void mountsWhatMayBePulled() {
        Digest digest = alice.pushBlob("acme/shop", "shared".getBytes()).digest();
        String mount = "/v2/acme/other/blobs/uploads/?mount=" + digest;
        assertThat(alice.post(mount).statusCode()).as("without a source").isEqualTo(202);
        HttpResponse<byte[]> mounted = alice.post(mount + "&from=acme/shop");
        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(alice.get("/v2/acme/other/blobs/" + digest).body()).isEqualTo("shared".getBytes());
        assertThat(alice.post(mount).statusCode()).as("already here").isEqualTo(201);
        assertThat(alice.post("/v2/acme/other/blobs/uploads/?mount=" + Digest.sha256(new byte[9]) + "&from=acme/shop")
                        .statusCode())
                .isEqualTo(202);
    }
}
