package dev.slipway.registry.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Refresh tokens, which Docker's clients keep instead of a password. One is the credentials themselves, sealed (AES-256-GCM)
 * so that only this registry can open it; they are verified anew each time, so what ends the password ends the token.
 */
public final class RefreshTokens {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int MAX_LENGTH = 8 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretKeySpec key;
    private final byte[] service;
    private final Duration life;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Refresh tokens of one registry.
     *
     * @param service the registry's name; tokens made for another are foreign
     * @param life how long one is good for
     */
    public RefreshTokens(TokenKey key, String service, Duration life, InstantSource clock) {
        this.key = derived(key);
        this.service = service.getBytes(StandardCharsets.UTF_8);
        this.life = life;
        this.clock = clock;
    }

    private static SecretKeySpec derived(TokenKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
            return new SecretKeySpec(mac.doFinal("refresh tokens".getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot derive a key with HmacSHA256", e);
        }
    }

    /** Seals credentials that were just verified. */
    public String write(BasicCredentials credentials) {
        ObjectNode claims = JSON.createObjectNode()
                .put("username", credentials.username())
                .put("password", credentials.password())
                .put("exp", clock.instant().plus(life).getEpochSecond());
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(claims.toString().getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot seal with " + CIPHER, e);
        }
    }

    /** Opens a token; empty if it is not ours, was changed, or has expired. The credentials are still to be verified. */
    public Optional<BasicCredentials> read(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(text);
            if (whole.length <= NONCE) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(whole, NONCE);
            JsonNode claims =
                    JSON.readTree(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(whole, NONCE, whole.length - NONCE));
            Instant expiresAt = Instant.ofEpochSecond(claims.path("exp").asLong());
            return clock.instant().isBefore(expiresAt)
                    ? Optional.of(new BasicCredentials(
                            claims.path("username").asText(),
                            claims.path("password").asText()))
                    : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(service);
        return cipher;
    }
}
