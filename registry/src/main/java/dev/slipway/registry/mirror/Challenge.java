package dev.slipway.registry.mirror;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a registry says a token is to be had (Docker's token specification, "How to authenticate"). */
record Challenge(URI realm, String service, String scope) {
    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z_]+)=\"([^\"]*)\"");

    /** Reads a WWW-Authenticate header; empty if it asks for no Bearer token. */
    static Optional<Challenge> parse(String header) {
        if (!header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        try {
            URI realm = URI.create(parameters.getOrDefault("realm", ""));
            return realm.getHost() == null
                    ? Optional.empty()
                    : Optional.of(new Challenge(
                            realm, parameters.getOrDefault("service", ""), parameters.getOrDefault("scope", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    URI address() {
        String sign = realm.getRawQuery() == null ? "?" : "&";
        return URI.create(
                realm + sign + "service=" + encode(service) + (scope.isEmpty() ? "" : "&scope=" + encode(scope)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
