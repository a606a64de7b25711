package dev.slipway.platform.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The proxy's own answers: one small page, no scripts, nothing loaded from elsewhere. */
final class ErrorPage {
    private static final String STYLE = """
            :root{color-scheme:light dark}\
            body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f6f7f9;color:#1c2430;\
            font:1rem/1.5 system-ui,sans-serif}\
            main{max-width:34rem;padding:2rem}\
            h1{font-size:1.25rem;margin:0 0 .5rem}\
            p{margin:.25rem 0;overflow-wrap:anywhere}\
            small{color:#5b6675}\
            @media(prefers-color-scheme:dark){body{background:#14181e;color:#e6e9ee}small{color:#97a2b2}}""";

    /** Nothing may be loaded or run but this very style: the page also carries words of strangers. */
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'";

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
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title><style>%s</style></head>
                <body><main><h1>%s</h1><p>%s</p><p><small>Request %s</small></p></main></body></html>
                """)
                .formatted(title, STYLE, title, escape(sentence), escape(requestId))
                .getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, withBody ? Unpooled.wrappedBuffer(page) : Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, page.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
                .set("x-content-type-options", "nosniff")
                .set(Fields.REQUEST_ID, requestId);
        return response;
    }

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one has not", e);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
