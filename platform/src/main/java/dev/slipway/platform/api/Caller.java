package dev.slipway.platform.api;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.tenant.Tokens;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Who makes this request: the holder of the bearer token it came with (RFC 6750, 2.1). */
@RequestScoped
class Caller {
    private static final String BEARER = "Bearer ";

    private final HttpHeaders headers;
    private final Tokens tokens;
    private @Nullable Principal known;

    Caller(HttpHeaders headers, Tokens tokens) {
        this.headers = headers;
        this.tokens = tokens;
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
        Principal found = tokens.verify(header.substring(BEARER.length()).strip())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNAUTHENTICATED, "The token is unknown, expired or revoked: ask for a new one."));
        known = found;
        return found;
    }
}
