package dev.slipway.registry.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples that Amazon gives for signatures in the Authorization header. */
class SignatureTest {
    private static final Bucket EXAMPLE = new Bucket(
            URI.create("https://examplebucket.s3.amazonaws.com"),
            "us-east-1",
            "examplebucket",
            "",
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final Instant AT = Instant.parse("2013-05-24T00:00:00Z");

    private static String signature(String path, TreeMap<String, String> query, Map<String, String> own) {
        return Signature.headers(
                        EXAMPLE, "GET", "examplebucket.s3.amazonaws.com", path, query, own, Signature.sha256(""), AT)
                .get("Authorization");
    }

    @Test
    void signsTheGetOfARange() {
        assertThat(signature("/test.txt", new TreeMap<>(), Map.of("range", "bytes=0-9")))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signsAListWithItsQuery() {
        assertThat(signature("/", new TreeMap<>(Map.of("max-keys", "2", "prefix", "J")), Map.of()))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void encodesAllButPlainCharacters() {
        assertThat(Signature.encoded("a b/c+ü~", true)).isEqualTo("a%20b/c%2B%C3%BC~");
        assertThat(Signature.encoded("a/b", false)).isEqualTo("a%2Fb");
    }

    @Test
    void refusesABucketThatCannotBe() {
        assertThatThrownBy(() -> new Bucket(URI.create("nowhere"), "r", "b", "", "a", "s"))
                .hasMessageContaining("endpoint with a host");
        assertThatThrownBy(() -> new Bucket(URI.create("http://h"), "r", "b", "x", "a", "s"))
                .hasMessageContaining("ends with a slash");
        assertThat(EXAMPLE.toString()).doesNotContain("wJalr");
    }
}
