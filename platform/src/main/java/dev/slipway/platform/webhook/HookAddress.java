package dev.slipway.platform.webhook;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a webhook is told: an absolute http or https address without a user in it. */
public record HookAddress(URI uri) {
    private static final int LONGEST = 2_000;

    /** @throws InvalidNameException with what is wrong */
    public static HookAddress parse(String text) {
        try {
            URI uri = new URI(text.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || text.length() > LONGEST) {
                throw refused(text);
            }
            return new HookAddress(uri);
        } catch (URISyntaxException e) {
            throw refused(text);
        }
    }

    private static InvalidNameException refused(String text) {
        return new InvalidNameException(
                "url", text, "A webhook's address is like https://hooks.example.com/slipway, without a user in it.");
    }

    boolean secure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    /** Path and query. */
    String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
