package dev.slipway.platform.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Rewrites a backend's response for the client: hop-by-hop fields, framing (RFC 9112 6), persistence (RFC 9112 9). */
final class ResponseHead {
    private ResponseHead() {}

    /** @return whether the client's connection can go on after this response */
    static boolean rewrite(HttpResponse response, RequestHead request, boolean closing) {
        HttpHeaders headers = response.headers();
        Fields.removeHopByHop(headers);
        headers.set(Fields.REQUEST_ID, request.id());
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        boolean keep = request.keepAlive() && !closing;
        if (hasBody(response, request) && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            if (request.http10()) {
                headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
                keep = false;
            } else if (!HttpUtil.isTransferEncodingChunked(response)) {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
        }
        if (!keep) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request.http10()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return keep;
    }

    /** An informational response passes with its end-to-end fields only. */
    static void rewriteInformational(HttpResponse response) {
        Fields.removeHopByHop(response.headers());
        response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING).remove(HttpHeaderNames.CONTENT_LENGTH);
    }

    /** 101 keeps the two fields that say what comes next. */
    static void rewriteSwitching(HttpResponse response, String id) {
        HttpHeaders headers = response.headers();
        @Nullable String protocol = headers.get(HttpHeaderNames.UPGRADE);
        Fields.removeHopByHop(headers);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        if (protocol != null) {
            headers.set(HttpHeaderNames.UPGRADE, protocol);
        }
        headers.set(Fields.REQUEST_ID, id);
    }

    private static boolean hasBody(HttpResponse response, RequestHead request) {
        int code = response.status().code();
        return !request.isHead() && code != 204 && code != 304;
    }
}
