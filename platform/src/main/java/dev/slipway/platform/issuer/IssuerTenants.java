package dev.slipway.platform.issuer;

import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Tells the library of each issuer twice: once for signing in by browser (authorization code with PKCE, RFC 7636), once for
 * bearer tokens, whose audience is another, so that an identity token opens no API.
 */
@ApplicationScoped
class IssuerTenants {
    void create(@Observes Oidc oidc, Issuers issuers) {
        for (Issuer issuer : issuers.all()) {
            oidc.create(browser(issuer));
            oidc.create(api(issuer));
        }
    }

    private static OidcTenantConfig browser(Issuer issuer) {
        IssuerSettings.Provider settings = issuer.settings();
        var builder = OidcTenantConfig.authServerUrl(settings.url().toString())
                .tenantId(issuer.browser())
                .clientId(settings.clientId())
                .applicationType(ApplicationType.WEB_APP)
                .tenantPaths(issuer.path())
                .authentication()
                .pkceRequired()
                .nonceRequired()
                .scopes(settings.scopes())
                .redirectPath(issuer.path())
                .restorePathAfterRedirect()
                .cookiePath(Issuer.PATH)
                .end()
                .token()
                .audience(settings.clientId())
                .end();
        settings.clientSecret().ifPresent(builder::credentials);
        return builder.build();
    }

    private static OidcTenantConfig api(Issuer issuer) {
        IssuerSettings.Provider settings = issuer.settings();
        return OidcTenantConfig.authServerUrl(settings.url().toString())
                .tenantId(issuer.api())
                .clientId(settings.apiAudience())
                .applicationType(ApplicationType.SERVICE)
                .token()
                .audience(settings.apiAudience())
                .allowOpaqueTokenIntrospection(false)
                .end()
                .build();
    }
}
