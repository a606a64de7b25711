package dev.slipway.platform.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook's requests are signed with, as the Standard Webhooks specification 1.0 has it: {@code whsec_} and the key
 * in base64; the signature is HMAC-SHA256 over id, time and body.
 */
public final class HookSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    private final byte[] key;

    private HookSecret(byte[] key) {
        this.key = key;
    }

    static HookSecret random(RandomGenerator random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new HookSecret(key);
    }

    static HookSecret of(byte[] key) {
        return new HookSecret(key.clone());
    }

    byte[] bytes() {
        return key.clone();
    }

    /** As it is told once, to whoever made the webhook. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /**
     * The value of the header {@code webhook-signature}.
     *
     * @param seconds since 1970, as in {@code webhook-timestamp}
     */
    String sign(String id, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] signed = mac.doFinal((id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
