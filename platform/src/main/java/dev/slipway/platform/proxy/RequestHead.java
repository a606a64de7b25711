package dev.slipway.platform.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy must remember of a request, taken down before its fields are rewritten for the backend.
 *
 * @param request the request as the backend gets it
 * @param host the lookup spelling of its host
 * @param id its request id
 * @param bodyless no body announced
 * @param replayable may be sent twice without harm (RFC 9110 9.2.2) as far as the method goes
 * @param keepAlive the client can take another response on this connection
 * @param expectsContinue the client waits for 100 before it sends the body
 * @param upgrade the protocol the client would like to go on with, null if none
 */
record RequestHead(
        HttpRequest request,
        String host,
        String id,
        boolean bodyless,
        boolean replayable,
        boolean keepAlive,
        boolean http10,
        boolean expectsContinue,
        @Nullable String upgrade) {

    boolean isHead() {
        return HttpMethod.HEAD.equals(request.method());
    }

    /** A bodyless request as one message, which costs one buffer less than its head and its end. */
    FullHttpRequest whole() {
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
    }

    /** Takes the facts down and rewrites the fields: hop-by-hop away, forwarding and id added. */
    static RequestHead of(HttpRequest request, String host, ClientAddress client, String via) {
        HttpHeaders headers = request.headers();
        boolean http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        boolean bodyless = isBodyless(headers);
        boolean expects = !http10 && HttpUtil.is100ContinueExpected(request);
        String upgrade = http10 || !bodyless ? null : upgrade(headers);
        String id = RequestIds.keepOrMake(headers.get(Fields.REQUEST_ID));
        RequestHead head = new RequestHead(
                request,
                host,
                id,
                bodyless,
                isIdempotent(request.method()),
                HttpUtil.isKeepAlive(request),
                http10,
                expects,
                upgrade);
        Fields.removeHopByHop(headers);
        Fields.addForwarded(headers, client.text(), client.port(), client.trusted());
        Fields.addVia(headers, via);
        headers.set(Fields.REQUEST_ID, id);
        if (!expects) {
            headers.remove(HttpHeaderNames.EXPECT);
        }
        if (upgrade != null) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
            headers.set(HttpHeaderNames.UPGRADE, upgrade);
        }
        if (http10) {
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
            if (!headers.contains(HttpHeaderNames.HOST)) {
                headers.set(HttpHeaderNames.HOST, host);
            }
        }
        return head;
    }

    private static boolean isBodyless(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return false;
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null || length.equals("0");
    }

    private static boolean isIdempotent(HttpMethod method) {
        return switch (method.name()) {
            case "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE" -> true;
            default -> false;
        };
    }

    /** h2c is not offered to backends: inside such a tunnel requests would pass unseen by host. */
    private static @Nullable String upgrade(HttpHeaders headers) {
        String protocol = headers.get(HttpHeaderNames.UPGRADE);
        boolean wanted = protocol != null
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && !protocol.regionMatches(true, 0, "h2c", 0, 3)
                && !protocol.contains(",");
        return wanted ? protocol : null;
    }
}
