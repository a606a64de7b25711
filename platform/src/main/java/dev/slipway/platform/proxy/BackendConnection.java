package dev.slipway.platform.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to a backend, used by one exchange after the other; lives on one event loop. */
final class BackendConnection extends ChannelInboundHandlerAdapter {
    final BackendState backend;
    private final ProxyLoop loop;
    private final Channel channel;
    private final ResponseDecoder decoder;
    private final HttpRequestEncoder encoder = new HttpRequestEncoder();
    private @Nullable Exchange exchange;
    private boolean used;
    private boolean unflushed;
    private long unusedSince;

    BackendConnection(ProxyLoop loop, BackendState backend, Channel channel) {
        this.loop = loop;
        this.backend = backend;
        this.channel = channel;
        this.decoder = new ResponseDecoder(loop.context.decoding());
        channel.pipeline().addLast(decoder, encoder, this);
    }

    /** Serves {@code next} from now on. */
    void begin(Exchange next, boolean isHead) {
        exchange = next;
        decoder.expect(isHead);
    }

    /** The exchange has nothing more to say or hear. */
    void end() {
        exchange = null;
        used = true;
        resumeReading();
    }

    /** Whether it has served before, so that its other end may have given it up unseen. */
    boolean used() {
        return used;
    }

    /** Whether any byte of the current response has come. */
    boolean sawBytes() {
        return decoder.sawBytes();
    }

    boolean usable() {
        return channel.isActive();
    }

    long unusedSince() {
        return unusedSince;
    }

    void unusedSince(long now) {
        unusedSince = now;
    }

    void write(Object message) {
        unflushed = true;
        channel.write(message, channel.voidPromise());
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void pauseReading() {
        channel.config().setAutoRead(false);
    }

    void resumeReading() {
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
    }

    void close() {
        exchange = null;
        channel.close();
    }

    /** From now on raw bytes pass between this connection and {@code client}. */
    void tunnel(Channel client, Runnable toClient, Runnable ended) {
        exchange = null;
        channel.pipeline().addLast(new Tunnel(client, ended));
        channel.pipeline().remove(encoder);
        client.pipeline().addLast(new Tunnel(channel, () -> {}));
        toClient.run();
        channel.pipeline().remove(this);
        channel.pipeline().remove(decoder);
        resumeReading();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Exchange current = exchange;
        if (current == null) {
            ReferenceCountUtil.release(message);
            channel.close();
        } else if (message instanceof HttpResponse response) {
            current.responseHead(response);
        } else if (message instanceof HttpContent content) {
            current.responseBody(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.responseReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && channel.isWritable()) {
            exchange.backendWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.forget(this);
        Exchange current = exchange;
        if (current != null) {
            exchange = null;
            current.backendClosed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        channel.close();
    }
}
