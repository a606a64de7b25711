package dev.slipway.platform.api;

import dev.slipway.platform.issuer.CompanyDoor;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.tenant.FailedSignIns;
import dev.slipway.tenancy.tenant.Tokens;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who makes this request: the holder of the bearer token it came with (RFC 6750, 2.1). */
@RequestScoped
class Caller {
    private static final String BEARER = "Bearer ";

    private final HttpHeaders headers;
    private final Tokens tokens;
    private final CompanyDoor company;
    private final FailedSignIns failures;
    private final CurrentVertxRequest request;
    private @Nullable Principal known;

    Caller(
            HttpHeaders headers,
            Tokens tokens,
            CompanyDoor company,
            FailedSignIns failures,
            CurrentVertxRequest request) {
        this.headers = headers;
        this.tokens = tokens;
        this.company = company;
        this.failures = failures;
        this.request = request;
    }

    /** @throws ProblemException 401 when there is no token, or none that opens anything */
    Principal principal() {
        Principal already = known;
        if (already != null) {
            return already;
        }
        String header = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ProblemException(
                    ProblemCode.UNAUTHENTICATED, "Send a token: Authorization: Bearer slp_…; tokens:create makes one.");
        }
        String token = header.substring(BEARER.length()).strip();
        Principal found = tokens.verify(token).or(() -> company.bearer(token)).orElseThrow(this::refused);
        known = found;
        return found;
    }

    /** Only wrong tokens are counted and turned away: a right one is let in whatever others have tried from there. */
    private ProblemException refused() {
        String address =
                String.valueOf(request.getCurrent().request().remoteAddress().hostAddress());
        Optional<Duration> wait = failures.turnedAway(address);
        if (wait.isPresent()) {
            long seconds = wait.get().toSeconds() + 1;
            return new ProblemException(
                    ProblemCode.TOO_MANY_ATTEMPTS,
                    "Too many wrong tokens came from this address: try again in " + seconds + " s.",
                    null,
                    seconds);
        }
        failures.failed(address);
        return new ProblemException(
                ProblemCode.UNAUTHENTICATED, "The token is unknown, expired or revoked: ask for a new one.");
    }
}
