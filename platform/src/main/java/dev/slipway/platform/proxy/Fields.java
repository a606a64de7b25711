package dev.slipway.platform.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;

/** The header fields a proxy must take away or add (RFC 9110 7.6; RFC 7239 for the one it replaces). */
final class Fields {
    static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
    private static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
    private static final AsciiString FORWARDED_PORT = AsciiString.cached("x-forwarded-port");
    private static final AsciiString REAL_IP = AsciiString.cached("x-real-ip");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    private static final AsciiString PROXY = AsciiString.cached("proxy");

    private Fields() {}

    /** Takes away what is meant for this connection only: the well-known fields and those that Connection names. */
    static void removeHopByHop(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.CONNECTION)) {
            List<String> values = headers.getAll(HttpHeaderNames.CONNECTION);
            headers.remove(HttpHeaderNames.CONNECTION);
            for (String value : values) {
                for (String name : value.split(",")) {
                    removeNamed(headers, name.trim());
                }
            }
        }
        headers.remove(KEEP_ALIVE);
        headers.remove(PROXY_CONNECTION);
        headers.remove(HttpHeaderNames.TE);
        headers.remove(HttpHeaderNames.UPGRADE);
        headers.remove(HttpHeaderNames.PROXY_AUTHENTICATE);
        headers.remove(HttpHeaderNames.PROXY_AUTHORIZATION);
    }

    private static void removeNamed(HttpHeaders headers, String name) {
        boolean vital = name.isEmpty()
                || HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name);
        if (!vital) {
            headers.remove(name);
        }
    }

    /**
     * Says where the request came from. What the client itself claims is replaced, unless the peer is trusted.
     *
     * @param peer the client's address
     * @param port the port it came to
     */
    static void addForwarded(HttpHeaders headers, String peer, String port, boolean trusted) {
        headers.remove(PROXY);
        String host = headers.get(HttpHeaderNames.HOST, "");
        if (!trusted) {
            headers.remove(FORWARDED);
            headers.remove(REAL_IP);
            headers.set(FORWARDED_FOR, peer);
            headers.set(FORWARDED_PROTO, "http");
            headers.set(FORWARDED_HOST, host);
            headers.set(FORWARDED_PORT, port);
            return;
        }
        List<String> before = headers.getAll(FORWARDED_FOR);
        headers.set(FORWARDED_FOR, before.isEmpty() ? peer : String.join(", ", before) + ", " + peer);
        setIfAbsent(headers, FORWARDED_PROTO, "http");
        setIfAbsent(headers, FORWARDED_HOST, host);
        setIfAbsent(headers, FORWARDED_PORT, port);
    }

    /** Adds this proxy to the Via field; an empty name adds nothing. */
    static void addVia(HttpHeaders headers, String via) {
        if (!via.isEmpty()) {
            headers.add(HttpHeaderNames.VIA, via);
        }
    }

    private static void setIfAbsent(HttpHeaders headers, AsciiString name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
