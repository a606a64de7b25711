package dev.slipway.web.page;

import dev.slipway.platform.issuer.CompanyDoor;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.stream.Collectors;

/** Headers that every page and asset carries (decision 0091). */
@ApplicationScoped
class SecurityHeaders {
    private static final int EARLY = 1_000;

    private static final Map<String, String> HEADERS = Map.of(
            "X-Frame-Options",
            "DENY",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=()");

    private final String policy;

    /** Signing out leads on to the identity provider, and browsers hold a form's redirects to where forms may go. */
    SecurityHeaders(CompanyDoor company) {
        String origins = company.ways().stream()
                .map(way -> " " + way.origin())
                .distinct()
                .collect(Collectors.joining());
        this.policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self'" + origins + "; base-uri 'none'; frame-ancestors 'none'";
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, EARLY);
    }

    private void add(RoutingContext request) {
        if (OtherDoors.owns(request.normalizedPath())) {
            request.next();
            return;
        }
        request.response().headers().set("Content-Security-Policy", policy);
        HEADERS.forEach(request.response().headers()::set);
        request.next();
    }
}
