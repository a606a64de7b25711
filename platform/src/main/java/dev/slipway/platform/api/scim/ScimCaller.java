package dev.slipway.platform.api.scim;

import dev.slipway.platform.issuer.Provider;
import dev.slipway.platform.issuer.ProviderDoor;
import dev.slipway.platform.scim.ScimException;
import dev.slipway.tenancy.tenant.FailedSignIns;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** Which provider makes this request. Wrong tokens are counted by address, as at the other doors. */
@RequestScoped
class ScimCaller {
    private static final String BEARER = "Bearer ";

    private final HttpHeaders headers;
    private final ProviderDoor door;
    private final FailedSignIns failures;
    private final CurrentVertxRequest request;

    ScimCaller(HttpHeaders headers, ProviderDoor door, FailedSignIns failures, CurrentVertxRequest request) {
        this.headers = headers;
        this.door = door;
        this.failures = failures;
        this.request = request;
    }

    /** @throws ScimException 401, or 429 after too many wrong tokens */
    Provider provider(String name) {
        String header = Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElse("");
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw ScimException.unauthenticated("Send the provider's token: Authorization: Bearer …");
        }
        return door.enter(name, header.substring(BEARER.length()).strip()).orElseThrow(this::refused);
    }

    private ScimException refused() {
        String address =
                String.valueOf(request.getCurrent().request().remoteAddress().hostAddress());
        Optional<Duration> wait = failures.turnedAway(address);
        if (wait.isEmpty()) {
            failures.failed(address);
        }
        return wait.map(left -> ScimException.tooMany(
                        "Too many wrong tokens came from this address: try again in " + (left.toSeconds() + 1) + " s."))
                .orElseGet(() -> ScimException.unauthenticated(
                        "The token is not that of a provider of this name: slipway.oidc.issuers.NAME.scim-token."));
    }
}
