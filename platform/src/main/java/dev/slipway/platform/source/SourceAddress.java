package dev.slipway.platform.source;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The address of a repository to fetch from: HTTP, with a host, without user or query. */
public record SourceAddress(URI uri) {
    private static final Pattern BRANCH =
            Pattern.compile("(?!.*(?:\\.\\.|//|@\\{|\\.lock(?:/|$)))[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}(?<![./])");

    /** @throws InvalidNameException for anything else */
    public static SourceAddress parse(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawPath().length() > 1
                    && text.length() <= 500) {
                return new SourceAddress(uri);
            }
        } catch (URISyntaxException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    /** The name of a branch (git-check-ref-format, as far as hosts use it). */
    public static String branch(String text) {
        if (!BRANCH.matcher(text).matches()) {
            throw new InvalidNameException("branch", text, "A branch is called like main or release/2026.");
        }
        return text;
    }

    private static InvalidNameException refused(String text) {
        return new InvalidNameException(
                "url",
                text,
                "A repository's address is like https://git.example.com/acme/shop.git, without a user in it.");
    }
}
