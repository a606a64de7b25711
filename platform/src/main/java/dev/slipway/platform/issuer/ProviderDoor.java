package dev.slipway.platform.issuer;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets providers in that write their people here, each by the secret of its settings. */
@ApplicationScoped
public class ProviderDoor {
    private final Issuers issuers;

    ProviderDoor(Issuers issuers) {
        this.issuers = issuers;
    }

    /** The provider of that name, if the token is its own; a name that nobody has is like a wrong token. */
    public Optional<Provider> enter(String name, String token) {
        return issuers.named(name)
                .filter(issuer -> issuer.settings()
                        .scimToken()
                        .filter(secret -> MessageDigest.isEqual(
                                secret.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)))
                        .isPresent())
                .map(issuer ->
                        new Provider(issuer.name(), issuer.settings().url().toString(), issuer.rules()));
    }
}
