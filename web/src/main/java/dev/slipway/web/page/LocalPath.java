package dev.slipway.web.page;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of these pages that a browser may be sent to; never another host's.
 *
 * @param text begins with one slash
 */
public record LocalPath(String text) {
    private static final Pattern SAFE = Pattern.compile("/(?:[A-Za-z0-9._~%?=&+-][A-Za-z0-9._~%?=&+/-]*)?");
    private static final int LONGEST = 500;

    /** Where everybody begins. */
    public static final LocalPath HOME = new LocalPath("/");

    public LocalPath {
        if (!safe(text)) {
            throw new IllegalArgumentException("not a path of these pages: length=" + text.length());
        }
    }

    /** Reads what came with a request; whatever is not a path of ours is the home page. */
    public static LocalPath parse(@Nullable String text) {
        return text != null && safe(text) ? new LocalPath(text) : HOME;
    }

    static LocalPath of(URI asked) {
        String query = asked.getRawQuery();
        return parse(asked.getRawPath() + (query == null ? "" : "?" + query));
    }

    /** {@code ?next=…} for a link to the sign-in page; empty for the home page. */
    public String asNext() {
        return equals(HOME) ? "" : "?next=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean safe(String text) {
        return text.length() <= LONGEST && SAFE.matcher(text).matches();
    }
}
