package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.collect.CollectionReport;
import dev.slipway.registry.collect.Collector;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.crash.MortalFileSystem;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is wrong with the requests; it is the circumstances: a full disk, ten thousand tags, deep indexes, deletion meanwhile. */
class HardTimesTest {
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final String SHOP = "acme/shop";

    private final MortalFileSystem disk = new MortalFileSystem(Integer.MAX_VALUE);

    @TempDir
    Path root;

    private RegistryServer server;
    private Client alice;

    @BeforeEach
    void start() {
        server = new RegistryServer(disk.path(root));
        alice = Client.as(server, "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CollectionReport collect() {
        server.clock.forward(GRACE.plusMinutes(1));
        return new Collector(server.registry, Retention.tagsOnly(), GRACE, server.clock).collect(false);
    }

    @Test
    void goesOnWhereItStoppedWhenAFullDiskIsFreeAgain() {
        byte[] content = new byte[1_000_000];
        new Random(2).nextBytes(content);
        String upload = alice.beginUpload(SHOP);
        disk.setRoom(400_000);
        HttpResponse<byte[]> full = alice.patch(upload, content);
        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(Client.json(full).path("errors").path(0).path("detail").asText())
                .contains("the same request can succeed later");
        String range = alice.get(upload).headers().firstValue("Range").orElseThrow();
        int kept = Integer.parseInt(range.substring(2)) + 1;
        assertThat(kept).isLessThanOrEqualTo(400_000);
        disk.setRoom(Long.MAX_VALUE);
        int from = kept == 1 ? 0 : kept;
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        assertThat(alice.patch(upload, rest, "Content-Range", from + "-" + (content.length - 1))
                        .statusCode())
                .isEqualTo(202);
        Digest digest = Digest.sha256(content);
        assertThat(alice.put(upload + "?digest=" + digest, new byte[0]).statusCode())
                .isEqualTo(201);
        assertThat(alice.get("/v2/" + SHOP + "/blobs/" + digest).body()).isEqualTo(content);
    }

    @Test
    void losesNothingOfWhatWasThereWhenTheDiskIsFull() {
        Digest old = alice.pushImage(SHOP, "v1", "old");
        byte[] manifest = alice.image(SHOP, "new").toBytes();
        disk.setRoom(10);
        assertThat(alice.putManifest(SHOP, "v1", MediaType.OCI_MANIFEST, manifest)
                        .statusCode())
                .isEqualTo(507);
        assertThat(Digest.sha256(alice.get("/v2/" + SHOP + "/manifests/v1").body()))
                .isEqualTo(old);
        disk.setRoom(Long.MAX_VALUE);
        assertThat(alice.putManifest(SHOP, "v1", MediaType.OCI_MANIFEST, manifest)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void tellsAStrangerNothingEvenByTheTimeThatItTakes() {
        Digest image = alice.pushImage(SHOP, "v1", "layer");
        Digest layer = Digest.sha256("layer".getBytes());
        Digest absent = Digest.sha256("absent".getBytes());
        Client bob = Client.as(server, "bob");
        long before = disk.looks();
        for (String repository : List.of(SHOP, "acme/none")) {
            String base = "/v2/" + repository;
            for (String path : List.of("/blobs/" + layer, "/blobs/" + absent, "/manifests/" + image, "/manifests/v1")) {
                assertThat(bob.head(base + path).statusCode()).isEqualTo(404);
                assertThat(bob.get(base + path).statusCode()).isEqualTo(404);
            }
            assertThat(bob.get(base + "/tags/list").statusCode()).isEqualTo(404);
            assertThat(bob.get(base + "/referrers/" + image).statusCode()).isEqualTo(404);
            assertThat(bob.post(base + "/blobs/uploads/").statusCode()).isEqualTo(404);
        }
        assertThat(disk.looks()).as("nobody looked whether it is there").isEqualTo(before);
        assertThat(looksOfMount(bob, layer)).isEqualTo(looksOfMount(bob, absent));
    }

    private long looksOfMount(Client client, Digest digest) {
        client.post("/v2/rival/app/blobs/uploads/?from=" + SHOP + "&mount=" + absentToo(digest));
        long before = disk.looks();
        assertThat(client.post("/v2/rival/app/blobs/uploads/?from=" + SHOP + "&mount=" + digest)
                        .statusCode())
                .isEqualTo(202);
        return disk.looks() - before;
    }

    private static Digest absentToo(Digest digest) {
        return Digest.sha256(digest.hex().getBytes());
    }

    @Test
    void listsTenThousandTagsInPages() throws Exception {
        Digest digest = alice.pushImage(SHOP, "first", "layer");
        StoreTree tree = new StoreTree(root);
        for (int i = 0; i < 9_999; i++) {
            Files.writeString(tree.tag(RepositoryName.parse(SHOP), new Tag("t" + i)), digest.toString());
        }
        List<String> seen = new ArrayList<>();
        String page = "/v2/" + SHOP + "/tags/list?n=3000";
        int pages = 0;
        while (!page.isEmpty()) {
            HttpResponse<byte[]> answer = alice.get(page);
            for (JsonNode tag : Client.json(answer).path("tags")) {
                seen.add(tag.asText());
            }
            pages++;
            page = answer.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse("");
        }
        assertThat(pages).isEqualTo(4);
        assertThat(seen).hasSize(10_000).doesNotHaveDuplicates().isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void keepsIndexesThatAreNestedDeeply() {
        byte[] inner = alice.image(SHOP, "innermost").toBytes();
        MediaType type = MediaType.OCI_MANIFEST;
        int depth = 20;
        for (int i = 0; i < depth; i++) {
            Digest digest = Digest.sha256(inner);
            assertThat(alice.putManifest(SHOP, digest.toString(), type, inner).statusCode())
                    .isEqualTo(201);
            inner = ImageIndex.of(List.of(Descriptor.of(type, digest, inner.length)))
                    .toBytes();
            type = MediaType.OCI_INDEX;
        }
        assertThat(alice.putManifest(SHOP, "deep", type, inner).statusCode()).isEqualTo(201);
        assertThat(collect().manifests()).isZero();
        assertThat(server.registry.hasBlob(RepositoryName.parse(SHOP), Digest.sha256("innermost".getBytes())))
                .isTrue();
        alice.delete("/v2/" + SHOP + "/manifests/deep");
        assertThat(collect().manifests()).isEqualTo(depth + 1);
    }

    @Test
    void letsAPullFinishOfWhatIsDeletedMeanwhile() throws Exception {
        byte[] content = new byte[20_000_000];
        new Random(3).nextBytes(content);
        Digest digest = alice.pushBlob(SHOP, content).digest();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + server.host() + "/v2/" + SHOP + "/blobs/" + digest))
                .header("Authorization", RegistryServer.basic("alice"))
                .build();
        try (InputStream body = Client.HTTP
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            byte[] begun = body.readNBytes(1000);
            assertThat(alice.delete("/v2/" + SHOP + "/blobs/" + digest).statusCode())
                    .isEqualTo(202);
            assertThat(collect().bytesFreed()).isEqualTo(content.length);
            byte[] rest = body.readAllBytes();
            assertThat(begun.length + rest.length).isEqualTo(content.length);
            assertThat(rest).endsWith(content[content.length - 2], content[content.length - 1]);
        }
        assertThat(alice.get("/v2/" + SHOP + "/blobs/" + digest).statusCode()).isEqualTo(404);
    }
}
