package dev.slipway.platform.runtime.mesos.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a master or agent listens, and under which path its API begins.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port TCP port
 * @param prefix empty, or a path such as {@code /master} that stands before {@code /api/v1}
 */
public record MasterAddress(String host, int port, String prefix) {
    private static final int DEFAULT_PORT = 5050;
    private static final Pattern COMMA = Pattern.compile(",");

    public MasterAddress {
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == 0x7f)) {
            throw new IllegalArgumentException("A master's host is a name or an address, not '" + host + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A master's port is 1 to 65535, not " + port);
        }
        if (!prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
            throw new IllegalArgumentException("A path begins with a slash and does not end with one: " + prefix);
        }
    }

    public MasterAddress(String host, int port) {
        this(host, port, "");
    }

    /**
     * Reads {@code host:port,host:port}; port 5050 may be left out.
     *
     * @throws IllegalArgumentException naming the entry that is none
     */
    public static List<MasterAddress> list(String text) {
        return Arrays.stream(COMMA.split(text, -1))
                .map(entry -> one(entry.strip()))
                .toList();
    }

    private static MasterAddress one(String entry) {
        URI uri;
        try {
            uri = new URI("//" + entry);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("A list of masters is host:port,host:port, not '" + entry + "'", e);
        }
        if (uri.getHost() == null || !uri.getPath().isEmpty() || uri.getQuery() != null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("A list of masters is host:port,host:port, not '" + entry + "'");
        }
        return new MasterAddress(bare(uri.getHost()), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    /**
     * Where a redirect leads. Masters send scheme-relative addresses and put {@code /master} before the path.
     *
     * @param location value of the header
     * @param path the path that was asked for, such as {@code /api/v1/scheduler}
     * @throws MalformedStreamException if it leads nowhere
     */
    static MasterAddress redirected(String location, String path) throws MalformedStreamException {
        try {
            URI uri = new URI(location);
            if (uri.getHost() == null || uri.getPort() < 0) {
                throw new MalformedStreamException("a redirect to '" + location + "'");
            }
            String to = uri.getPath();
            String prefix = to.endsWith(path) ? to.substring(0, to.length() - path.length()) : "";
            return new MasterAddress(bare(uri.getHost()), uri.getPort(), prefix);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new MalformedStreamException("a redirect to '" + location + "'");
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** {@code host:port}, as it stands in a URL or a Host header. */
    public String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return authority();
    }
}
