package dev.slipway.platform.issuer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings {@code slipway.oidc.issuers.NAME.*}; without any, people sign in with local accounts only. */
@ConfigMapping(prefix = "slipway.oidc")
public interface IssuerSettings {
    /** The identity providers by a short name of small letters, digits and hyphens, which is part of addresses. */
    Map<String, Provider> issuers();

    /** One identity provider. */
    interface Provider {
        /** Its address, as its discovery document names it, for example {@code https://sso.example.com/realms/acme}. */
        URI url();

        /** What people read on the sign-in page; the short name if absent. */
        Optional<String> title();

        /** The client of the browser's sign-in. */
        @WithDefault("slipway")
        String clientId();

        /** Its secret; absent for a public client. */
        Optional<String> clientSecret();

        /** The public client with which terminals sign in by the device flow. */
        @WithDefault("slipway-terminal")
        String terminalClientId();

        /** What bearer tokens must name as their audience; an identity token is not for it. */
        @WithDefault("slipway-api")
        String apiAudience();

        /** Scopes to ask for besides {@code openid}. */
        @WithDefault("profile,email")
        List<String> scopes();

        /** The claim that lists groups. */
        @WithDefault("groups")
        String groupsClaim();

        /** The claim from which a new account takes its name. */
        @WithDefault("preferred_username")
        String nameClaim();

        /** Rules from groups to roles, see {@code tenancy.group}. */
        Optional<List<String>> rules();

        /** How often the tokens of a session are renewed, and its roles with them. */
        @WithDefault("PT45S")
        Duration refreshEvery();

        /**
         * The secret with which the provider writes its people and groups here by SCIM 2.0, at {@code /scim/v2/NAME}; at least 20
         * characters. Without it that door is shut.
         */
        Optional<String> scimToken();

        /** Keycloak's admin API of the realm, for example {@code https://sso.example.com/admin/realms/acme}. */
        Optional<URI> adminUrl();

        /** How often groups are read there. */
        @WithDefault("PT30S")
        Duration syncEvery();
    }
}
