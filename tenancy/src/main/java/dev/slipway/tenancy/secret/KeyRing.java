package dev.slipway.tenancy.secret;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys of a key file in order; the last seals, all open. Immutable. */
final class KeyRing {
    static final int KEY_BYTES = 32;
    static final int ID_BYTES = 4;

    private final Map<String, SecretKey> keys;
    private final String newest;

    private KeyRing(Map<String, SecretKey> keys, String newest) {
        this.keys = keys;
        this.newest = newest;
    }

    /** Reads lines of {@code ID KEY} (8 hexadecimal digits, base64); empty if one is not that, or there is none. */
    static Optional<KeyRing> parse(String text) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        String newest = "";
        for (String line :
                text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            String[] parts = line.strip().split(" ");
            byte[] key = parts.length == 2 && parts[0].matches("[0-9a-f]{8}") ? decode(parts[1]) : new byte[0];
            if (key.length != KEY_BYTES || keys.containsKey(parts[0])) {
                return Optional.empty();
            }
            newest = parts[0];
            keys.put(newest, new SecretKeySpec(key, "AES"));
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(new KeyRing(keys, newest));
    }

    /** A line of a key file. */
    static String line(byte[] id, byte[] key) {
        return HexFormat.of().formatHex(id) + " " + Base64.getEncoder().encodeToString(key) + "\n";
    }

    byte[] newestId() {
        return HexFormat.of().parseHex(newest);
    }

    SecretKey newestKey() {
        return key(newestId()).orElseThrow();
    }

    Optional<SecretKey> key(byte[] id) {
        return Optional.ofNullable(keys.get(HexFormat.of().formatHex(id)));
    }

    int size() {
        return keys.size();
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
