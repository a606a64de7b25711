package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.access.BasicCredentials;
import dev.slipway.registry.collect.Collector;
import dev.slipway.registry.collect.Pace;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.collect.Verification;
import dev.slipway.registry.mirror.Upstream;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One registry behind another, both real. */
class MirrorTest {
    private static final String HERE = "far.example/acme/shop";

    @TempDir
    Path temp;

    private RegistryServer far;
    private RegistryServer near;
    private Client pusher;
    private Client bob;

    @BeforeEach
    void start() {
        far = new RegistryServer(temp.resolve("far"));
        near = new RegistryServer(
                temp.resolve("near"),
                List.of(
                        upstream("far.example", "alice"),
                        upstream("wrong.example", "alice-with-a-wrong-password"),
                        new Upstream("open.example", URI.create("http://" + far.host()), Optional.empty())));
        pusher = Client.as(far, "alice");
        bob = Client.as(near, "bob");
    }

    private Upstream upstream(String name, String user) {
        return new Upstream(
                name, URI.create("http://" + far.host()), Optional.of(new BasicCredentials(user, "alice-secret")));
    }

    @AfterEach
    void stop() {
        near.close();
        far.close();
    }

    private HttpResponse<byte[]> manifest(String reference) {
        return bob.get("/v2/" + HERE + "/manifests/" + reference);
    }

    @Test
    void fetchesWhatIsAskedForAndThenHasIt() {
        byte[] layer = new byte[3_000_000];
        new Random(1).nextBytes(layer);
        Descriptor blob = pusher.pushBlob("acme/shop", layer);
        Digest digest = pusher.pushImage("acme/shop", "v1", "small layer");
        HttpResponse<byte[]> got = manifest("v1");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(Digest.sha256(got.body())).isEqualTo(digest);
        assertThat(bob.head("/v2/" + HERE + "/manifests/" + digest).statusCode())
                .isEqualTo(200);
        assertThat(bob.get("/v2/" + HERE + "/blobs/" + blob.digest()).body()).isEqualTo(layer);
        String small = "/v2/" + HERE + "/blobs/" + Digest.sha256("small layer".getBytes());
        assertThat(bob.get(small).body()).isEqualTo("small layer".getBytes());
        far.close();
        near.clock.forward(RegistryServer.FRESH);
        assertThat(manifest("v1").body()).as("the other is away").isEqualTo(got.body());
        assertThat(bob.get(small).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> never = manifest("v2");
        assertThat(never.statusCode()).isEqualTo(502);
        assertThat(Client.json(never).path("errors").path(0).path("detail").asText())
                .startsWith(HERE + ":v2 is not here yet");
    }

    @Test
    void asksForATagAnewAfterAWhile() {
        pusher.pushImage("acme/shop", "v1", "one");
        byte[] first = manifest("v1").body();
        Digest second = pusher.pushImage("acme/shop", "v1", "two");
        assertThat(manifest("v1").body()).as("fresh").isEqualTo(first);
        near.clock.forward(RegistryServer.FRESH);
        assertThat(Digest.sha256(manifest("v1").body())).isEqualTo(second);
        pusher.delete("/v2/acme/shop/manifests/v1");
        near.clock.forward(RegistryServer.FRESH);
        assertThat(manifest("v1").statusCode()).as("gone there, gone here").isEqualTo(404);
        assertThat(manifest(second.toString()).statusCode())
                .as("by digest it stays")
                .isEqualTo(200);
    }

    private void collect() {
        Duration grace = Duration.ofDays(1);
        new Collector(near.registry, near.mirrors.retention(Retention.tagsOnly()), grace, near.clock).collect(false);
    }

    @Test
    void letsGoOfWhatNobodyAskedForInALongTimeAndFetchesItAgain() {
        Digest used = pusher.pushImage("acme/shop", "used", "layer of one");
        Digest unused = pusher.pushImage("acme/shop", "unused", "layer of another");
        Digest byDigest = pusher.pushImage("acme/shop", "by-digest", "layer of a third");
        for (String reference : List.of("used", "unused", byDigest.toString())) {
            assertThat(manifest(reference).statusCode()).isEqualTo(200);
        }
        RepositoryName here = RepositoryName.parse(HERE);
        Duration nearly = RegistryServer.MIRROR_KEEP.minusDays(1);
        near.clock.forward(nearly);
        collect();
        assertThat(manifest("used").statusCode()).isEqualTo(200);
        assertThat(manifest(byDigest.toString()).statusCode()).isEqualTo(200);
        near.clock.forward(Duration.ofDays(2));
        collect();
        assertThat(near.registry.resolve(here, new Tag("used"))).contains(used);
        assertThat(near.registry.getManifest(here, byDigest)).isPresent();
        assertThat(near.registry.getManifest(here, unused)).isEmpty();
        assertThat(manifest("unused").statusCode()).as("fetched again").isEqualTo(200);
        near.clock.forward(RegistryServer.MIRROR_KEEP.plusDays(1));
        collect();
        assertThat(near.registry.usage())
                .allSatisfy(usage -> assertThat(usage.bytes()).isZero());
    }

    @Test
    void fetchesOfAnIndexOnlyWhatIsAskedFor() {
        byte[] one = pusher.image("acme/shop", "for one").toBytes();
        byte[] two = pusher.image("acme/shop", "for another").toBytes();
        for (byte[] child : List.of(one, two)) {
            pusher.putManifest("acme/shop", Digest.sha256(child).toString(), MediaType.OCI_MANIFEST, child);
        }
        ImageIndex index = ImageIndex.of(List.of(
                Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(one), one.length),
                Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(two), two.length)));
        pusher.putManifest("acme/shop", "all", MediaType.OCI_INDEX, index.toBytes());
        assertThat(manifest("all").body()).isEqualTo(index.toBytes());
        assertThat(manifest(Digest.sha256(one).toString()).body()).isEqualTo(one);
        assertThat(near.registry.blobs().stat(Digest.sha256(two))).isEmpty();
        assertThat(new Verification(near.registry, Pace.full()).run(false).flaws())
                .as("what is to come is no flaw")
                .isEmpty();
    }

    @Test
    void saysWhatIsUnknownAndWhatCannotBeHad() {
        pusher.pushImage("acme/shop", "v1", "layer");
        assertThat(Client.code(manifest("never"))).isEqualTo("MANIFEST_UNKNOWN");
        Digest absent = Digest.sha256("absent".getBytes());
        assertThat(Client.code(bob.get("/v2/" + HERE + "/blobs/" + absent))).isEqualTo("BLOB_UNKNOWN");
        assertThat(bob.get("/v2/wrong.example/acme/shop/manifests/v1").statusCode())
                .isEqualTo(502);
        assertThat(bob.get("/v2/open.example/acme/shop/manifests/v1").statusCode())
                .as("without credentials what is private there stays private")
                .isEqualTo(502);
        assertThatThrownBy(() -> new Upstream("a/b", URI.create("https://x"), Optional.empty()))
                .hasMessageContaining("one component");
        assertThatThrownBy(() -> new Upstream("a", URI.create("x"), Optional.empty()))
                .hasMessageContaining("https://HOST");
    }

    @Test
    void letsNobodyChangeWhatIsAnothersAndNoStrangerRead() {
        pusher.pushImage("acme/shop", "v1", "layer");
        assertThat(bob.post("/v2/" + HERE + "/blobs/uploads/").statusCode()).isEqualTo(403);
        assertThat(manifest("v1").statusCode()).isEqualTo(200);
        assertThat(bob.delete("/v2/" + HERE + "/manifests/v1").statusCode()).isEqualTo(403);
        assertThat(new Client(near, "").get("/v2/" + HERE + "/manifests/v1").statusCode())
                .isEqualTo(401);
    }
}
