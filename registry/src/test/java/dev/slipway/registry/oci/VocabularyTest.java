package dev.slipway.registry.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    private static final String HEX = "a".repeat(64);

    /** The expression of OCI Distribution Specification 1.1, which the hand-written check must agree with. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most + 1);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static boolean accepted(Runnable step) {
        try {
            step.run();
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }

    @Test
    void namesAndTagsAgreeWithTheSpecification() {
        Random random = new Random(20);
        for (int i = 0; i < 200_000; i++) {
            String text = text(random, "ab0._-/A%", 12);
            assertThat(accepted(() -> RepositoryName.parse(text)))
                    .as(text)
                    .isEqualTo(NAME.matcher(text).matches());
            assertThat(accepted(() -> Tag.parse(text)))
                    .as(text)
                    .isEqualTo(TAG.matcher(text).matches());
        }
        assertThat(accepted(() -> RepositoryName.parse("a".repeat(255)))).isTrue();
        assertThat(accepted(() -> RepositoryName.parse("a".repeat(256)))).isFalse();
        assertThat(accepted(() -> Tag.parse("a".repeat(129)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "sha256:", "sha256:AAAA", "sha1:aa", "sha256", "sha512:aa", "md5:x"})
    void refusesWhatIsNoDigest(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(RegistryException.class);
    }

    @Test
    void readsDigestsOfBothAlgorithms() {
        assertThat(Digest.parse("sha256:" + HEX).toString()).isEqualTo("sha256:" + HEX);
        Digest digest = Digest.of(Digest.Algorithm.SHA512, new byte[0]);
        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
        assertThat(Digest.sha256(new byte[0]).hex()).startsWith("e3b0c44298fc1c14");
        assertThat(accepted(() -> Digest.parse("sha256:" + "A".repeat(64)))).isFalse();
        assertThat(Reference.parse("v1")).isEqualTo(new Tag("v1"));
    }

    @Test
    void readsFullAddresses() {
        ImageReference byDigest = ImageReference.parse("127.0.0.1:8080/acme/shop@sha256:" + HEX);
        assertThat(byDigest.host()).isEqualTo("127.0.0.1:8080");
        assertThat(byDigest.toString()).isEqualTo("127.0.0.1:8080/acme/shop@sha256:" + HEX);
        assertThat(ImageReference.parse("host:5000/a/b:v1").reference()).isEqualTo(new Tag("v1"));
        assertThatThrownBy(() -> ImageReference.parse("shop")).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> ImageReference.parse("host/shop")).hasMessageContaining("neither tag nor digest");
    }

    private static ImageManifest full() {
        Descriptor config = Descriptor.of(MediaType.OCI_CONFIG, Digest.parse("sha256:" + HEX), 7);
        Descriptor layer = new Descriptor(
                MediaType.OCI_LAYER_GZIP,
                Digest.parse("sha256:" + HEX),
                9,
                Map.of("a", "b"),
                Optional.of(new MediaType("x/y")),
                Optional.of(new Platform("arm64", "linux", Optional.of("v8"))),
                List.of("https://example.org/layer"));
        return new ImageManifest(
                MediaType.OCI_MANIFEST,
                Optional.of(new MediaType("application/vnd.example")),
                config,
                List.of(layer),
                Optional.of(config),
                Map.of("k", "v"));
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(Manifest.parse(MediaType.OCI_MANIFEST, full().toBytes())).isEqualTo(full());
        ImageIndex index = ImageIndex.of(full().layers());
        assertThat(Manifest.parse(MediaType.OCI_INDEX, index.toBytes())).isEqualTo(index);
        assertThat(full().toBytes()).isEqualTo(full().toBytes());
    }

    @Test
    void readsBackConfigurations() {
        LaunchConfig launch = new LaunchConfig(
                Optional.of("1000:1000"),
                List.of("PATH=/bin"),
                List.of("/cnb/lifecycle/launcher"),
                List.of("web"),
                Optional.of("/workspace"),
                Map.of("label", "value"),
                Set.of("8080/tcp"),
                Optional.of("SIGTERM"));
        ImageConfig config = new ImageConfig(
                Platform.LINUX_AMD64,
                Optional.of(Instant.EPOCH),
                launch,
                List.of(Digest.parse("sha256:" + HEX)),
                List.of(ImageConfig.History.of(Instant.EPOCH, "slipway")));
        assertThat(ImageConfig.parse(config.toBytes())).isEqualTo(config);
        assertThat(new String(config.toBytes()))
                .startsWith("{\"created\":\"1970-01-01T00:00:00Z\",\"architecture\":\"amd64\",\"os\":\"linux\"");
    }

    @Test
    void understandsOrRefusesButNeverBreaks() {
        Random random = new Random(30);
        byte[] good = full().toBytes();
        for (int i = 0; i < 20_000; i++) {
            byte[] altered = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                altered[random.nextInt(altered.length)] =
                        (byte) (random.nextBoolean() ? "\"{}[]:,0-9e".charAt(random.nextInt(10)) : random.nextInt(256));
            }
            accepted(() -> Manifest.parse(MediaType.OCI_MANIFEST, altered));
            accepted(() -> ImageConfig.parse(altered));
        }
    }

    @Test
    void everyErrorOfTheSpecificationIsInTheTable() {
        Map<String, Integer> specified = Map.ofEntries(
                Map.entry("BLOB_UNKNOWN", 404),
                Map.entry("BLOB_UPLOAD_INVALID", 400),
                Map.entry("BLOB_UPLOAD_UNKNOWN", 404),
                Map.entry("DIGEST_INVALID", 400),
                Map.entry("MANIFEST_BLOB_UNKNOWN", 404),
                Map.entry("MANIFEST_INVALID", 400),
                Map.entry("MANIFEST_UNKNOWN", 404),
                Map.entry("NAME_INVALID", 400),
                Map.entry("NAME_UNKNOWN", 404),
                Map.entry("SIZE_INVALID", 400),
                Map.entry("UNAUTHORIZED", 401),
                Map.entry("DENIED", 403),
                Map.entry("UNSUPPORTED", 405),
                Map.entry("TOOMANYREQUESTS", 429));
        specified.forEach((code, status) ->
                assertThat(ErrorCode.valueOf(code).status()).as(code).isEqualTo(status));
        assertThat(ErrorCode.values()).allSatisfy(row -> {
            assertThat(specified).containsKey(row.code());
            assertThat(row.message()).isNotBlank();
        });
    }
}
