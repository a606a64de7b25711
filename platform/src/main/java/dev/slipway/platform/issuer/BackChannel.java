package dev.slipway.platform.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.tenancy.tenant.CompanySessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Hears from a provider that a session has ended there (OpenID Connect Back-Channel Logout 1.0). */
@ApplicationScoped
public class BackChannel {
    private static final Logger LOG = Logger.getLogger(BackChannel.class);

    private final Issuers issuers;
    private final VerifiedTokens tokens;
    private final CompanySessions sessions;
    private final KeycloakSync sync;

    BackChannel(Issuers issuers, VerifiedTokens tokens, CompanySessions sessions, KeycloakSync sync) {
        this.issuers = issuers;
        this.tokens = tokens;
        this.sessions = sessions;
        this.sync = sync;
    }

    /**
     * Ends what the token says; saying it again ends nothing more.
     *
     * @return whether the token holds
     * @throws dev.slipway.tenancy.identity.UnknownNameException if there is no such issuer
     */
    public boolean logout(String name, String token) {
        Issuer issuer = issuers.named(name).orElseThrow(() -> CompanyDoor.unknown(name));
        Optional<JsonNode> claims = tokens.verifyLogout(issuer.browser(), token);
        claims.ifPresent(logout -> {
            int ended = sessions.end(
                    logout.path("iss").asText(),
                    Optional.ofNullable(logout.path("sub").textValue()),
                    Optional.ofNullable(logout.path("sid").textValue()));
            LOG.infof("sessions ended by their issuer issuer=%s sessions=%d", name, ended);
            sync.wake(issuer);
        });
        return claims.isPresent();
    }
}
