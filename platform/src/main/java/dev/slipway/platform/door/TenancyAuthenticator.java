package dev.slipway.platform.door;

import dev.slipway.platform.git.Authenticator;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.tenant.SshKeys;
import dev.slipway.tenancy.tenant.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tokens and ssh keys as tenancy keeps them. */
@ApplicationScoped
class TenancyAuthenticator implements Authenticator {
    private final Tokens tokens;
    private final SshKeys keys;

    TenancyAuthenticator(Tokens tokens, SshKeys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    @Override
    public Optional<Principal> byToken(String token) {
        return tokens.verify(token);
    }

    @Override
    public Optional<Principal> byPublicKey(String fingerprint) {
        return keys.personByFingerprint(fingerprint).map(person -> person);
    }
}
