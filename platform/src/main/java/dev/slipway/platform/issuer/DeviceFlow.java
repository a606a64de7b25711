package dev.slipway.platform.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signs terminals in: a code is shown there and confirmed in any browser (RFC 8628). */
@ApplicationScoped
public class DeviceFlow {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final long USUAL_INTERVAL = 5;

    private final Issuers issuers;
    private final VerifiedTokens tokens;
    private final IssuerHttp http;

    DeviceFlow(Issuers issuers, VerifiedTokens tokens, IssuerHttp http) {
        this.issuers = issuers;
        this.tokens = tokens;
        this.http = http;
    }

    /**
     * What a terminal shows and keeps.
     *
     * @param code what a person types in a browser
     * @param address where
     * @param fullAddress the same with the code in it, if the provider has that
     * @param deviceCode what the terminal asks with; to be kept secret
     * @param interval seconds between two questions, at least
     * @param expiresIn seconds until it is over
     */
    public record Begun(
            String code,
            String address,
            Optional<String> fullAddress,
            String deviceCode,
            long interval,
            long expiresIn) {}

    /**
     * Begins.
     *
     * @throws dev.slipway.tenancy.identity.UnknownNameException if there is no such issuer
     * @throws IssuerUnavailableException if it has no device flow, or refuses
     */
    public Begun begin(String name) throws InterruptedException {
        Issuer issuer = issuer(name);
        String endpoint = tokens.metadata(issuer.browser()).get("device_authorization_endpoint");
        if (endpoint == null) {
            throw new IssuerUnavailableException(name, "it has no sign-in for terminals");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("scope", "openid " + String.join(" ", issuer.settings().scopes()));
        IssuerHttp.Answer answer = http.postAs(issuer, issuer.settings().terminalClientId(), endpoint, form);
        if (!answer.good()) {
            throw new IssuerUnavailableException(
                    name,
                    "its client " + issuer.settings().terminalClientId() + " begins no sign-in of a terminal ("
                            + answer.status() + " " + answer.error() + ")");
        }
        JsonNode body = answer.body();
        return new Begun(
                body.path("user_code").asText(),
                body.path("verification_uri").asText(),
                Optional.ofNullable(body.path("verification_uri_complete").textValue()),
                body.path("device_code").asText(),
                body.path("interval").asLong(USUAL_INTERVAL),
                body.path("expires_in").asLong());
    }

    /** How far a sign-in is. */
    public sealed interface Progress {
        /** Nobody has confirmed it yet. */
        record Waiting() implements Progress {}

        /** Questions come too fast: five seconds more between them. */
        record TooFast() implements Progress {}

        /** It is over without a sign-in. */
        record Over(String why) implements Progress {}

        /**
         * Confirmed.
         *
         * @param bearer for the API, until it expires
         * @param expiresIn seconds
         */
        record Done(String bearer, long expiresIn) implements Progress {
            @Override
            public String toString() {
                return "Done[…]";
            }
        }
    }

    /** Asks how far it is. */
    public Progress ask(String name, String deviceCode) throws InterruptedException {
        Issuer issuer = issuer(name);
        IssuerHttp.Answer answer = http.postAs(
                issuer,
                issuer.settings().terminalClientId(),
                tokens.metadata(issuer.browser()).getTokenUri(),
                Map.of("grant_type", GRANT, "device_code", deviceCode));
        if (answer.good()) {
            return new Progress.Done(
                    answer.body().path("access_token").asText(),
                    answer.body().path("expires_in").asLong());
        }
        return switch (answer.error()) {
            case "authorization_pending" -> new Progress.Waiting();
            case "slow_down" -> new Progress.TooFast();
            case "access_denied" -> new Progress.Over("It was refused in the browser.");
            case "expired_token", "invalid_grant" ->
                new Progress.Over("The code has expired or is unknown: begin anew.");
            default ->
                throw new IssuerUnavailableException(name, "it answers " + answer.status() + " " + answer.error());
        };
    }

    private Issuer issuer(String name) {
        return issuers.named(name).orElseThrow(() -> CompanyDoor.unknown(name));
    }
}
