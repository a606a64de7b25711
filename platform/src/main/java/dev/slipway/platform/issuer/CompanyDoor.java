package dev.slipway.platform.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.tenant.Account;
import dev.slipway.tenancy.tenant.CompanyAccounts;
import dev.slipway.tenancy.tenant.CompanySessions;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcSession;
import io.quarkus.oidc.RefreshToken;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lets people in whom an identity provider vouches for: by browser, and by bearer token. */
@ApplicationScoped
public class CompanyDoor {
    private final Issuers issuers;
    private final VerifiedTokens tokens;
    private final Vouching vouching;
    private final CompanyAccounts accounts;
    private final CompanySessions sessions;
    private final CurrentIdentityAssociation current;
    private final OidcSession library;
    private final InstantSource clock;

    CompanyDoor(
            Issuers issuers,
            VerifiedTokens tokens,
            Vouching vouching,
            CompanyAccounts accounts,
            CompanySessions sessions,
            CurrentIdentityAssociation current,
            OidcSession library,
            InstantSource clock) {
        this.issuers = issuers;
        this.tokens = tokens;
        this.vouching = vouching;
        this.accounts = accounts;
        this.sessions = sessions;
        this.current = current;
        this.library = library;
        this.clock = clock;
    }

    /**
     * A way to sign in.
     *
     * @param name short, as settings and addresses have it
     * @param title for people
     * @param path where a browser begins
     * @param origin of the provider, to where browsers are sent
     */
    public record Way(String name, String title, String path, String origin) {}

    /** The configured ways, by name. */
    public List<Way> ways() {
        return issuers.all().stream()
                .map(issuer -> new Way(issuer.name(), issuer.title(), issuer.path(), issuer.origin()))
                .toList();
    }

    /** Somebody who came in, and the session that goes on at the provider. */
    public record Arrival(Account account, UUID session) {}

    /**
     * Who came back from the provider with this request, as the library has verified; its own cookie is dropped again.
     *
     * @param life how long the session may be kept
     * @throws UnknownNameException if there is no such issuer, or nobody came
     */
    public Arrival arrive(String name, Duration life) {
        Issuer issuer = issuers.named(name).orElseThrow(() -> unknown(name));
        SecurityIdentity identity = current.getDeferredIdentity().await().indefinitely();
        IdTokenCredential proof = identity.getCredential(IdTokenCredential.class);
        if (identity.isAnonymous() || proof == null) {
            throw unknown(name);
        }
        JsonNode claims = tokens.payload(proof.getToken()).orElseThrow(() -> unknown(name));
        Optional<String> refresh =
                Optional.ofNullable(identity.getCredential(RefreshToken.class)).map(RefreshToken::getToken);
        Account account = accounts.arrive(vouching.identity(issuer, claims));
        UUID session = sessions.begin(
                new CompanySessions.Begun(
                        claims.path("iss").asText(),
                        claims.path("sub").asText(),
                        Optional.ofNullable(claims.path("sid").textValue()),
                        account.id(),
                        refresh,
                        proof.getToken()),
                clock.instant().plus(issuer.settings().refreshEvery()),
                clock.instant().plus(life));
        library.logout().await().indefinitely();
        return new Arrival(account, session);
    }

    /**
     * Whose bearer token it is. Groups in it count at the first time only, since it may be older than what is known here.
     *
     * @return empty if no configured issuer made it, or it does not hold
     */
    public Optional<Principal> bearer(String token) {
        if (issuers.all().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> address =
                tokens.payload(token).map(claims -> claims.path("iss").asText());
        return issuers.all().stream()
                .filter(issuer -> address.filter(some ->
                                some.equals(tokens.metadata(issuer.api()).getIssuer()))
                        .isPresent())
                .findFirst()
                .flatMap(issuer -> tokens.verify(issuer.api(), token)
                        .map(claims -> accounts.known(
                                        claims.path("iss").asText(),
                                        claims.path("sub").asText())
                                .orElseGet(() -> accounts.arrive(vouching.identity(issuer, claims)))))
                .map(Account::principal);
    }

    /** Where to send a browser to end the provider's session too (OpenID Connect RP-Initiated Logout 1.0, 2). */
    public Optional<String> endAddress(UUID session, URI back) {
        return sessions.ending(session)
                .flatMap(ending -> issuers.all().stream()
                        .filter(issuer -> ending.issuer()
                                .equals(tokens.metadata(issuer.browser()).getIssuer()))
                        .findFirst()
                        .map(issuer -> tokens.metadata(issuer.browser()).getEndSessionUri())
                        .map(address -> address + "?id_token_hint=" + IssuerHttp.encoded(ending.idToken())
                                + "&post_logout_redirect_uri=" + IssuerHttp.encoded(back.toString())));
    }

    static UnknownNameException unknown(String name) {
        return new UnknownNameException("issuer", name, "There is no identity provider " + name + " to sign in with.");
    }
}
