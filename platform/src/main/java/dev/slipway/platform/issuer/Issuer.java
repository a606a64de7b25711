package dev.slipway.platform.issuer;

import dev.slipway.tenancy.group.GroupRules;
import dev.slipway.tenancy.identity.InvalidNameException;
import java.net.URI;
import java.util.regex.Pattern;

/** A configured identity provider, checked. */
record Issuer(String name, IssuerSettings.Provider settings, GroupRules rules) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final int SHORTEST_TOKEN = 20;
    /** Under which the browser's sign-in lives; the name follows. */
    static final String PATH = "/sign-in/with/";

    static Issuer of(String name, IssuerSettings.Provider settings) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidNameException(
                    "issuer", name, "slipway.oidc.issuers." + name + ": a name has small letters, digits and hyphens.");
        }
        if (settings.scimToken()
                .filter(token -> token.length() < SHORTEST_TOKEN)
                .isPresent()) {
            throw new InvalidNameException(
                    "issuer",
                    name,
                    "slipway.oidc.issuers." + name + ".scim-token has less than " + SHORTEST_TOKEN
                            + " characters: make one that cannot be guessed, as with openssl rand -hex 32.");
        }
        return new Issuer(name, settings, GroupRules.parse(settings.rules().orElse(GroupRules.USUAL)));
    }

    /** The library's name for its way in by browser. */
    String browser() {
        return name;
    }

    /** The library's name for its bearer tokens. */
    String api() {
        return name + "-api";
    }

    String path() {
        return PATH + name;
    }

    String title() {
        return settings.title().orElse(name);
    }

    /** Scheme, host and port, as a content security policy names them. */
    String origin() {
        URI url = settings.url();
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
