package dev.slipway.platform.proxy;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Encodes responses; knows when the request was HEAD, so that a Content-Length may stand without a body. */
final class ResponseEncoder extends HttpResponseEncoder {
    private boolean head;

    /** Said before each response. */
    void head(boolean isHead) {
        head = isHead;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return head || super.isContentAlwaysEmpty(response);
    }
}
