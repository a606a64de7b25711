package dev.slipway.registry.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A name and a password as HTTP Basic carries them (RFC 7617).
 *
 * @param username before the first colon
 * @param password after it
 */
public record BasicCredentials(String username, String password) {
    private static final String PREFIX = "Basic ";

    /** Reads an Authorization header; empty if it is not Basic or is broken. */
    public static Optional<BasicCredentials> parse(String header) {
        if (!header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(PREFIX.length()).strip());
            String text = new String(decoded, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "BasicCredentials[" + username + "]";
    }
}
