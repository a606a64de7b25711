package dev.slipway.platform.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/**
 * Decodes requests, one at a time: between the end of a request and {@link #resume} the bytes that follow (a pipelined
 * request, or the first bytes of an upgraded connection) stay undecoded. Ambiguous framing is an error (RFC 9112 6.3).
 */
final class RequestDecoder extends HttpRequestDecoder {
    private final Runnable onBytes;
    private boolean paused;
    private boolean decoding;

    /** @param onBytes told when bytes arrive, before they are decoded */
    RequestDecoder(HttpDecoderConfig config, Runnable onBytes) {
        super(config);
        this.onBytes = onBytes;
    }

    /** Leaves what follows undecoded. */
    void pause() {
        paused = true;
    }

    /** Goes on with what has arrived meanwhile. */
    void resume(ChannelHandlerContext context) throws Exception {
        paused = false;
        if (!decoding && actualReadableBytes() > 0) {
            channelRead(context, Unpooled.EMPTY_BUFFER);
        }
    }

    boolean hasUndecoded() {
        return actualReadableBytes() > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        onBytes.run();
        boolean outermost = !decoding;
        decoding = true;
        try {
            super.channelRead(context, message);
        } finally {
            if (outermost) {
                decoding = false;
            }
        }
        if (paused && actualReadableBytes() > 0) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (!paused) {
            super.decode(context, in, out);
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new AmbiguousFramingException("both Content-Length and Transfer-Encoding");
    }

    /** The message's length can be read in two ways, a sign of request smuggling. */
    static final class AmbiguousFramingException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        AmbiguousFramingException(String message) {
            super(message);
        }
    }
}
