package dev.slipway.web.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a browser's cookie carries: 256 random bits. The database knows only its hash, forms only another hash of it, so that
 * neither a page nor a stolen table gives the cookie away.
 *
 * @param text 43 characters of base64url
 */
public record SessionToken(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    public SessionToken {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a session token: length=" + text.length());
        }
    }

    static SessionToken random(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new SessionToken(BASE64.encodeToString(bytes));
    }

    /** Reads a cookie's value; empty for whatever cannot be a token. */
    static Optional<SessionToken> parse(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(some -> FORM.matcher(some).matches())
                .map(SessionToken::new);
    }

    /** What the database finds the session by. */
    byte[] hash() {
        return sha256("session:" + text);
    }

    /** What every form of this session carries. */
    String formToken() {
        return BASE64.encodeToString(sha256("form:" + text));
    }

    boolean owns(String formToken) {
        return MessageDigest.isEqual(
                formToken().getBytes(StandardCharsets.UTF_8), formToken.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "SessionToken[…]";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
