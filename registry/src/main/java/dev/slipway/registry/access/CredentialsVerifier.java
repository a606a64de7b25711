package dev.slipway.registry.access;

import java.util.Optional;

/** Port: who a name and a secret belong to. May block. */
@FunctionalInterface
public interface CredentialsVerifier {
    /**
     * Finds who signs in.
     *
     * @param username as typed
     * @param password a password or a token
     * @return empty if the two do not belong together, for whatever reason
     */
    Optional<RegistryPrincipal> verify(String username, String password);

    /** Knows nobody. */
    static CredentialsVerifier nobody() {
        return (username, password) -> Optional.empty();
    }
}
