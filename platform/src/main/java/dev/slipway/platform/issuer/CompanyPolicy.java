package dev.slipway.platform.issuer;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets only those to the end of a browser's sign-in who come from the provider; the library sends others there. */
@ApplicationScoped
class CompanyPolicy implements HttpSecurityPolicy {
    private final Issuers issuers;

    CompanyPolicy(Issuers issuers) {
        this.issuers = issuers;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        String path = request.normalizedPath();
        boolean guarded = path.startsWith(Issuer.PATH)
                && issuers.named(path.substring(Issuer.PATH.length())).isPresent();
        return guarded
                ? identity.map(who -> who.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT)
                : Uni.createFrom().item(CheckResult.PERMIT);
    }
}
