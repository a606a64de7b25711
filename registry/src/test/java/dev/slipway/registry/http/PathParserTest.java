package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathParserTest {
    private static final Digest DIGEST = Digest.sha256(new byte[0]);

    @Test
    void readsNamesThatContainTheWordsOfTheApi() {
        for (String name :
                List.of("a", "a/b/c", "blobs", "manifests/blobs", "a/blobs/uploads", "tags/list", "v2/token")) {
            RepositoryName parsed = RepositoryName.parse(name);
            assertThat(RegistryPath.parse("/v2/" + name + "/manifests/v1"))
                    .isEqualTo(new RegistryPath.OfManifest(parsed, "v1"));
            assertThat(RegistryPath.parse("/v2/" + name + "/blobs/" + DIGEST))
                    .isEqualTo(new RegistryPath.OfBlob(parsed, DIGEST));
            assertThat(RegistryPath.parse("/v2/" + name + "/blobs/uploads/"))
                    .isEqualTo(new RegistryPath.OfUploads(parsed));
            assertThat(RegistryPath.parse("/v2/" + name + "/blobs/uploads"))
                    .isEqualTo(new RegistryPath.OfUploads(parsed));
            assertThat(RegistryPath.parse("/v2/" + name + "/tags/list")).isEqualTo(new RegistryPath.OfTags(parsed));
            assertThat(RegistryPath.parse("/v2/" + name + "/referrers/" + DIGEST))
                    .isEqualTo(new RegistryPath.OfReferrers(parsed, DIGEST));
        }
    }

    @Test
    void decodesOnce() {
        assertThat(RegistryPath.parse("/v2/a/blobs/sha256%3A" + DIGEST.hex()))
                .isEqualTo(new RegistryPath.OfBlob(RepositoryName.parse("a"), DIGEST));
        assertThat(RegistryPath.parse("/v2/%61cme/manifests/v%31"))
                .isEqualTo(new RegistryPath.OfManifest(RepositoryName.parse("acme"), "v1"));
        assertThat(PathParser.decode("%2541")).isEqualTo("%41");
    }

    @Test
    void understandsOrRefusesButNeverBreaks() {
        List<String> words = List.of(
                "/",
                "/",
                "v2",
                "a",
                "manifests",
                "blobs",
                "uploads",
                "tags",
                "list",
                "referrers",
                "..",
                ".",
                "%2f",
                "%",
                "%zz",
                "%2e",
                "_catalog",
                DIGEST.toString(),
                "sha256:",
                "token",
                "é",
                "\0",
                " ");
        Random random = new Random(40);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder path = new StringBuilder(random.nextInt(10) == 0 ? "" : "/v2/");
            for (int part = random.nextInt(12); part > 0; part--) {
                path.append(words.get(random.nextInt(words.size())));
            }
            try {
                if (RegistryPath.parse(path.toString()) instanceof RegistryPath.InRepository inside) {
                    assertThat(inside.repository().value()).doesNotContain("..", "%", "//");
                }
            } catch (RegistryException e) {
                assertThat(e.code().status()).isBetween(400, 404);
            }
        }
    }

    @Test
    void readsRangesOfBlobs() {
        assertThat(ByteRange.parse("bytes=0-0", 10)).isEqualTo(new ByteRange(0, 1, false, true));
        assertThat(ByteRange.parse("bytes=5-", 10)).isEqualTo(new ByteRange(5, 5, false, true));
        assertThat(ByteRange.parse("bytes=-3", 10)).isEqualTo(new ByteRange(7, 3, false, true));
        assertThat(ByteRange.parse("bytes=-30", 10)).isEqualTo(new ByteRange(0, 10, false, true));
        assertThat(ByteRange.parse("bytes=5-99", 10)).isEqualTo(new ByteRange(5, 5, false, true));
        for (String all :
                List.of("bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=1-x")) {
            assertThat(ByteRange.parse(all, 10).whole()).as(all).isTrue();
        }
        assertThat(ByteRange.parse("bytes=10-", 10).satisfiable()).isFalse();
        assertThat(ByteRange.parse("bytes=-0", 10).satisfiable()).isFalse();
    }
}
