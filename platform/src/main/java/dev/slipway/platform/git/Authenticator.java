package dev.slipway.platform.git;

import dev.slipway.tenancy.access.Principal;
import java.util.Optional;

/** Port: tells who stands behind a token or a public key. Called on a thread that may block. */
public interface Authenticator {
    /**
     * Who a token belongs to.
     *
     * @param token the token as the client sent it, plain text
     * @return the principal, or empty for an unknown, revoked or expired token
     */
    Optional<Principal> byToken(String token);

    /**
     * Who a public key belongs to.
     *
     * @param fingerprint the key's fingerprint in OpenSSH's form, {@code SHA256:} and unpadded base64
     * @return the principal, or empty for an unknown key
     */
    Optional<Principal> byPublicKey(String fingerprint);
}
