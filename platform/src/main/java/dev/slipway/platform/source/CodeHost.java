package dev.slipway.platform.source;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who tells of pushes, and how each shows that it is genuine: GitHub and Gitea sign the body, GitLab sends the secret along. */
public enum CodeHost {
    GITHUB("X-GitHub-Event", "push", "X-Hub-Signature-256", "sha256="),
    GITLAB("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", ""),
    GITEA("X-Gitea-Event", "push", "X-Gitea-Signature", "");

    private final String eventHeader;
    private final String pushEvent;
    private final String proofHeader;
    private final String prefix;

    CodeHost(String eventHeader, String pushEvent, String proofHeader, String prefix) {
        this.eventHeader = eventHeader;
        this.pushEvent = pushEvent;
        this.proofHeader = proofHeader;
        this.prefix = prefix;
    }

    /** {@code github}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidNameException with those there are */
    public static CodeHost parse(String text) {
        return Arrays.stream(values())
                .filter(host -> host.text().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidNameException(
                        "code host",
                        text,
                        "A code host is one of "
                                + Arrays.stream(values()).map(CodeHost::text).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * Whether a request comes from who knows the secret.
     *
     * @param header gives a header's value by name
     */
    boolean genuine(Function<String, Optional<String>> header, byte[] body, String secret) {
        String proof = header.apply(proofHeader).orElse("");
        String wanted = this == GITLAB ? secret : prefix + hmac(body, secret);
        return !proof.isEmpty()
                && MessageDigest.isEqual(
                        proof.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it tells of a push to a branch, rather than of something else that happened there. */
    boolean tellsOfPush(Function<String, Optional<String>> header) {
        return header.apply(eventHeader).filter(pushEvent::equals).isPresent();
    }

    private static String hmac(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
