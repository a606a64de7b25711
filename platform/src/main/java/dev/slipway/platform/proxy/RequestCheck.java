package dev.slipway.platform.proxy;

import dev.slipway.platform.route.HostName;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a decoded request may go on, and for which host (RFC 9112 2.2, 3.2, 6.1; RFC 9110 7.2). */
sealed interface RequestCheck {
    /** @param host in the spelling of {@link HostName} */
    record Accepted(String host) implements RequestCheck {}

    /** @param reason a sentence for the client */
    record Rejected(HttpResponseStatus status, String reason) implements RequestCheck {}

    /** Looks at a request; one in absolute form is brought to origin form, its Host field to the host it names. */
    static RequestCheck of(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new Rejected(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "Only HTTP/1.0 and HTTP/1.1 are spoken.");
        }
        if (request.method().equals(HttpMethod.CONNECT)) {
            return new Rejected(HttpResponseStatus.METHOD_NOT_ALLOWED, "CONNECT is not for a router of apps.");
        }
        String framing = framingFault(request);
        if (framing != null) {
            return bad(framing);
        }
        return target(request, version);
    }

    /** What to answer to bytes that are no request. */
    static Rejected undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Rejected(HttpResponseStatus.REQUEST_URI_TOO_LONG, "The request line is too long.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Rejected(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The header fields are too large.");
        }
        return bad("This is not a well-formed HTTP request.");
    }

    private static Rejected bad(String reason) {
        return new Rejected(HttpResponseStatus.BAD_REQUEST, reason);
    }

    private static @Nullable String framingFault(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        if (coding == null) {
            return null;
        }
        if (!coding.equalsIgnoreCase("chunked")
                || headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() > 1) {
            return "The only transfer coding understood is chunked.";
        }
        if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return "Content-Length and Transfer-Encoding exclude each other.";
        }
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0) ? "HTTP/1.0 has no transfer codings." : null;
    }

    private static RequestCheck target(HttpRequest request, HttpVersion version) {
        HttpHeaders headers = request.headers();
        String authority = headers.get(HttpHeaderNames.HOST);
        if (authority != null) {
            List<String> all = headers.getAll(HttpHeaderNames.HOST);
            if (all.size() > 1) {
                return bad("There is more than one Host field.");
            }
        } else if (version.equals(HttpVersion.HTTP_1_1)) {
            return bad("There is no Host field.");
        }
        String uri = request.uri();
        if (!printable(uri)) {
            return bad("The request target has characters that must be escaped.");
        }
        if (uri.charAt(0) != '/' && !(uri.equals("*") && request.method().equals(HttpMethod.OPTIONS))) {
            String absolute = absoluteAuthority(uri);
            if (absolute == null) {
                return bad("The request target is neither a path nor an http address.");
            }
            authority = absolute;
            String path = uri.substring(uri.indexOf("//") + 2 + absolute.length());
            request.setUri(path.startsWith("/") ? path : "/" + path);
            headers.set(HttpHeaderNames.HOST, absolute);
        }
        String host = authority == null ? null : HostName.normalise(authority);
        return host == null ? bad("The host is not a host name.") : new Accepted(host);
    }

    private static boolean printable(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                return false;
            }
        }
        return !uri.isEmpty();
    }

    private static @Nullable String absoluteAuthority(String uri) {
        int start =
                uri.regionMatches(true, 0, "http://", 0, 7) ? 7 : uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
        if (start < 0) {
            return null;
        }
        int end = start;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return uri.substring(start, end);
    }
}
