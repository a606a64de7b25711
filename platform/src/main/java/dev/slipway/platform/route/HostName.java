package dev.slipway.platform.route;

import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one spelling under which a host is looked up: lower case, punycode, no port, no trailing dot (RFC 9110 4.2.3). */
public final class HostName {
    private static final int LONGEST = 253;

    private HostName() {}

    /**
     * Reads a host as it stands in a {@code Host} field or as a person typed it.
     *
     * @param authority host with optional port
     * @return the lookup spelling, or null if it cannot be a host
     */
    public static @Nullable String normalise(String authority) {
        int length = authority.length();
        if (length > 0 && authority.charAt(0) == '[') {
            return literal(authority);
        }
        boolean plain = true;
        int end = length;
        for (int i = 0; i < length; i++) {
            char c = authority.charAt(i);
            if (c == ':') {
                if (!isPort(authority, i + 1)) {
                    return null;
                }
                end = i;
                break;
            }
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_') {
                continue;
            }
            if (c >= 'A' && c <= 'Z' || c >= 0x80) {
                plain = false;
                continue;
            }
            return null;
        }
        String host = authority.substring(0, end);
        return plain ? withoutDot(host) : spelled(host);
    }

    /**
     * As {@link #normalise}, for hosts that must be right.
     *
     * @throws IllegalArgumentException if {@code authority} cannot be a host
     */
    public static String require(String authority) {
        String host = normalise(authority);
        if (host == null) {
            throw new IllegalArgumentException("not a host name: " + authority);
        }
        return host;
    }

    private static @Nullable String withoutDot(String host) {
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return bare.isEmpty() || bare.length() > LONGEST || bare.charAt(0) == '.' || bare.contains("..") ? null : bare;
    }

    private static @Nullable String spelled(String host) {
        try {
            return withoutDot(IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException unspeakable) {
            return null;
        }
    }

    private static @Nullable String literal(String authority) {
        int close = authority.indexOf(']');
        if (close < 3 || close > 46) {
            return null;
        }
        for (int i = 1; i < close; i++) {
            char c = authority.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                return null;
            }
        }
        boolean portFollows = close + 1 < authority.length();
        if (portFollows && (authority.charAt(close + 1) != ':' || !isPort(authority, close + 2))) {
            return null;
        }
        return authority.substring(0, close + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean isPort(String text, int from) {
        if (text.length() - from > 5) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
