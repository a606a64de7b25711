package dev.slipway.platform.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Decodes a backend's responses; knows when the request was HEAD, and whether any byte has come since it was sent. */
final class ResponseDecoder extends HttpResponseDecoder {
    private boolean head;
    private boolean sawBytes;

    ResponseDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** Said before each request. */
    void expect(boolean isHead) {
        head = isHead;
        sawBytes = false;
    }

    boolean sawBytes() {
        return sawBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        sawBytes = true;
        super.channelRead(context, message);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return head || super.isContentAlwaysEmpty(message);
    }
}
