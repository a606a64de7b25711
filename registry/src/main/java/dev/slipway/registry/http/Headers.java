package dev.slipway.registry.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Headers that registries add to HTTP, and how digests serve as entity tags (RFC 9110, section 8.8.3). */
final class Headers {
    static final String API_VERSION = "Docker-Distribution-Api-Version";
    static final String DOCKER_CONTENT_DIGEST = "Docker-Content-Digest";
    static final String DOCKER_UPLOAD_UUID = "Docker-Upload-UUID";
    static final String OCI_SUBJECT = "OCI-Subject";
    static final String OCI_FILTERS_APPLIED = "OCI-Filters-Applied";

    static final String WARNING = "Warning";

    private static final int MAX_WARNING = 1024;

    private Headers() {}

    /** A Warning header's value (OCI Distribution Specification 1.1, section "Warnings"): code 299, no agent, quoted text. */
    static String warning(String text) {
        StringBuilder plain = new StringBuilder();
        text.chars()
                .filter(c -> c >= ' ' && c < 0x7f)
                .limit(MAX_WARNING)
                .forEach(c -> plain.append(c == '"' || c == '\\' ? "\\" : "").append((char) c));
        return "299 - \"" + plain + "\"";
    }

    static String entityTag(String digest) {
        return "\"" + digest + "\"";
    }

    /** True if an If-None-Match header names the digest or everything. */
    static boolean matches(@Nullable String header, String digest) {
        return header != null
                && (header.contains(entityTag(digest))
                        || header.strip().equals("*")
                        || header.strip().equals(digest));
    }

    /** A Link header to the page after one (RFC 5988). */
    static String next(String path, int count, String last) {
        return "<" + path + "?n=" + count + "&last=" + URLEncoder.encode(last, StandardCharsets.UTF_8)
                + ">; rel=\"next\"";
    }
}
