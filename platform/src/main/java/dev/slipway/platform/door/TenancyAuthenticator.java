package dev.slipway.platform.door;

import dev.slipway.platform.git.Authenticator;
import dev.slipway.platform.issuer.CompanyDoor;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.tenant.SshKeys;
import dev.slipway.tenancy.tenant.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tokens and ssh keys as tenancy keeps them, and bearer tokens of a company's identity provider. */
@ApplicationScoped
class TenancyAuthenticator implements Authenticator {
    private final Tokens tokens;
    private final SshKeys keys;
    private final CompanyDoor company;

    TenancyAuthenticator(Tokens tokens, SshKeys keys, CompanyDoor company) {
        this.tokens = tokens;
        this.keys = keys;
        this.company = company;
    }

    @Override
    public Optional<Principal> byToken(String token) {
        return tokens.verify(token).or(() -> company.bearer(token));
    }

    @Override
    public Optional<Principal> byPublicKey(String fingerprint) {
        return keys.personByFingerprint(fingerprint).map(person -> person);
    }
}
