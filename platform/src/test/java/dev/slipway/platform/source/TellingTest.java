package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.git.CommitId;
import dev.slipway.tenancy.identity.InvalidNameException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What code hosts send; the first signature is the example of GitHub's own documentation. */
class TellingTest {
    private static final String COMMIT = "3f2c1ab3f2c1ab3f2c1ab3f2c1ab3f2c1ab3f2c1";
    private static final String BODY = "{\"ref\":\"refs/heads/main\",\"after\":\"" + COMMIT + "\"}";
    private static final String SECRET = "It's a Secret to Everybody";

    private static Telling told(CodeHost host, Map<String, String> headers, String body, String secret) {
        return Telling.of(
                host,
                name -> Optional.ofNullable(headers.get(name)),
                body.getBytes(StandardCharsets.UTF_8),
                secret,
                new ObjectMapper());
    }

    private static Map<String, String> headers(CodeHost host, String body) {
        return switch (host) {
            case GITHUB -> Map.of("X-GitHub-Event", "push", "X-Hub-Signature-256", "sha256=" + Hmac.hex(body, SECRET));
            case GITLAB -> Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", SECRET);
            case GITEA -> Map.of("X-Gitea-Event", "push", "X-Gitea-Signature", Hmac.hex(body, SECRET));
        };
    }

    @Test
    void theSignatureIsThatOfTheDocumentation() {
        Map<String, String> headers = Map.of(
                "X-GitHub-Event",
                "push",
                "X-Hub-Signature-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        assertThat(told(CodeHost.GITHUB, headers, "Hello, World!", SECRET))
                .isEqualTo(new Telling.Refused("The body is not JSON."));
    }

    @Test
    void eachHostsPushIsUnderstood() {
        for (CodeHost host : CodeHost.values()) {
            assertThat(told(host, headers(host, BODY), BODY, SECRET))
                    .as(host.text())
                    .isEqualTo(new Telling.Pushed("main", CommitId.of(COMMIT)));
            String deep = BODY.replace("main", "release/2026");
            assertThat(told(host, headers(host, deep), deep, SECRET))
                    .isEqualTo(new Telling.Pushed("release/2026", CommitId.of(COMMIT)));
        }
    }

    @Test
    void whatIsNotGenuineIsRefusedWhateverItSays() {
        for (CodeHost host : CodeHost.values()) {
            assertThat(told(host, headers(host, BODY), BODY, "another secret")).isInstanceOf(Telling.Refused.class);
            assertThat(told(host, Map.of(), BODY, SECRET)).isInstanceOf(Telling.Refused.class);
            if (host != CodeHost.GITLAB) {
                assertThat(told(host, headers(host, BODY), BODY + " ", SECRET)).isInstanceOf(Telling.Refused.class);
            }
            for (CodeHost other : CodeHost.values()) {
                if (other != host) {
                    assertThat(told(host, headers(other, BODY), BODY, SECRET)).isInstanceOf(Telling.Refused.class);
                }
            }
        }
    }

    @Test
    void whatIsNoPushToABranchLeadsToNothing() {
        for (String body : new String[] {
            BODY.replace("refs/heads/main", "refs/tags/v1"),
            BODY.replace("refs/heads/main", "refs/heads/"),
            BODY.replace(COMMIT, "0".repeat(40)),
            "{\"zen\":\"x\"}"
        }) {
            assertThat(told(CodeHost.GITEA, headers(CodeHost.GITEA, body), body, SECRET))
                    .as(body)
                    .isInstanceOf(Telling.Other.class);
        }
        String ping = "{}";
        assertThat(told(
                        CodeHost.GITHUB,
                        Map.of("X-GitHub-Event", "ping", "X-Hub-Signature-256", "sha256=" + Hmac.hex(ping, SECRET)),
                        ping,
                        SECRET))
                .isInstanceOf(Telling.Other.class);
        String odd = BODY.replace(COMMIT, "../../x");
        assertThat(told(CodeHost.GITEA, headers(CodeHost.GITEA, odd), odd, SECRET))
                .isInstanceOf(Telling.Refused.class);
    }

    @Test
    void anyBodyIsReadOrRefused() {
        Random random = new Random(5);
        for (int turn = 0; turn < 5_000; turn++) {
            StringBuilder body = new StringBuilder(BODY);
            for (int change = random.nextInt(5); change >= 0; change--) {
                body.setCharAt(random.nextInt(body.length()), (char) (32 + random.nextInt(95)));
            }
            String text = body.toString();
            assertThat(told(CodeHost.GITEA, headers(CodeHost.GITEA, text), text, SECRET))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git@example.com:a/b.git",
                "ssh://example.com/a.git",
                "file:///etc/passwd",
                "https://user:word@example.com/a.git",
                "https://example.com",
                "https://example.com/",
                "https://example.com/a?x=1",
                "ext::sh -c id",
                ""
            })
    void onlyPlainHttpAddressesAreTaken(String text) {
        Assertions.assertThatThrownBy(() -> SourceAddress.parse(text)).isInstanceOf(InvalidNameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a..b", "a b", "/a", "a/", "a.lock", "a@{1}", "a:b", "a//b"})
    void namesThatNoBranchCanHaveAreRefused(String text) {
        Assertions.assertThatThrownBy(() -> SourceAddress.branch(text)).isInstanceOf(InvalidNameException.class);
    }
}
