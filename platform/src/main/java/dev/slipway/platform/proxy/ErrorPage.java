package dev.slipway.platform.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The proxy's own answers: one small page, no scripts, nothing loaded from elsewhere. */
final class ErrorPage {
    private ErrorPage() {}

    /**
     * @param sentence what is the matter; any text, it is escaped
     * @param requestId shown, so that a visitor can tell it to support
     * @param withBody false for HEAD: the same fields, no body
     */
    static FullHttpResponse of(HttpResponseStatus status, String sentence, String requestId, boolean withBody) {
        String title = status.code() + " " + status.reasonPhrase();
        byte[] page = ("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title></head>
                <body><h1>%s</h1><p>%s</p><p><small>Request %s</small></p></body></html>
                """)
                .formatted(title, title, escape(sentence), escape(requestId))
                .getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, withBody ? Unpooled.wrappedBuffer(page) : Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, page.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'")
                .set("x-content-type-options", "nosniff")
                .set(Fields.REQUEST_ID, requestId);
        return response;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
