package dev.slipway.platform.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.site.Leadership;
import dev.slipway.tenancy.tenant.CompanyAccounts;
import dev.slipway.tenancy.tenant.CompanySessions;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Renews the tokens of sessions before anybody waits for it, and brings roles in step with each new identity token. A
 * session that its issuer does not renew ends; an issuer that is away ends nothing.
 */
@ApplicationScoped
class SessionRenewal {
    private static final Logger LOG = Logger.getLogger(SessionRenewal.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(20);
    private static final int AT_ONCE = 50;

    private final Issuers issuers;
    private final VerifiedTokens tokens;
    private final Vouching vouching;
    private final IssuerHttp http;
    private final CompanySessions sessions;
    private final CompanyAccounts accounts;
    private final Leadership leadership;
    private final InstantSource clock;

    SessionRenewal(
            Issuers issuers,
            VerifiedTokens tokens,
            Vouching vouching,
            IssuerHttp http,
            CompanySessions sessions,
            CompanyAccounts accounts,
            Leadership leadership,
            InstantSource clock) {
        this.issuers = issuers;
        this.tokens = tokens;
        this.vouching = vouching;
        this.http = http;
        this.sessions = sessions;
        this.accounts = accounts;
        this.leadership = leadership;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        if (!issuers.all().isEmpty()) {
            loops.start("company sessions", EVERY, this::renew);
        }
    }

    private void renew() throws InterruptedException {
        if (leadership.epoch().isEmpty()) {
            return;
        }
        for (CompanySessions.Due due : sessions.due(AT_ONCE, clock.instant().plus(AGAIN))) {
            Optional<Issuer> issuer = issuers.all().stream()
                    .filter(some ->
                            due.issuer().equals(tokens.metadata(some.browser()).getIssuer()))
                    .findFirst();
            if (issuer.isEmpty()) {
                sessions.end(due.id());
            } else {
                renew(issuer.get(), due);
            }
        }
    }

    private void renew(Issuer issuer, CompanySessions.Due due) throws InterruptedException {
        IssuerHttp.Answer answer = http.postAsClient(
                issuer,
                tokens.metadata(issuer.browser()).getTokenUri(),
                Map.of("grant_type", "refresh_token", "refresh_token", due.refreshToken()));
        if (answer.good()) {
            Optional<String> idToken =
                    Optional.ofNullable(answer.body().path("id_token").textValue());
            Optional<JsonNode> claims = idToken.flatMap(token -> tokens.verify(issuer.browser(), token));
            if (idToken.isPresent() && !claims.filter(said -> same(said, due)).isPresent()) {
                LOG.warnf("a renewed token is for somebody else, the session ends issuer=%s", issuer.name());
                sessions.end(due.id());
                return;
            }
            claims.ifPresent(said -> accounts.keep(
                    due.issuer(), due.subject(), vouching.identity(issuer, said).held()));
            Instant next = clock.instant().plus(issuer.settings().refreshEvery());
            sessions.renewed(
                    due.id(),
                    Optional.ofNullable(answer.body().path("refresh_token").textValue()),
                    idToken,
                    next);
        } else if (answer.error().equals("invalid_grant")) {
            LOG.infof("a session is not renewed by its issuer, it ends issuer=%s", issuer.name());
            sessions.end(due.id());
        } else {
            LOG.warnf(
                    "a session cannot be renewed now issuer=%s status=%d error=%s",
                    issuer.name(), answer.status(), answer.error());
        }
    }

    private static boolean same(JsonNode claims, CompanySessions.Due due) {
        return claims.path("iss").asText().equals(due.issuer())
                && claims.path("sub").asText().equals(due.subject());
    }
}
