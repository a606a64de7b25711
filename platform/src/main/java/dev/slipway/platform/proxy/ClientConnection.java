package dev.slipway.platform.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One connection from a client: one exchange after the other, with a deadline for whatever it waits for. */
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final int MOST_DISCARDED = 1024 * 1024;

    private final ProxyLoop loop;
    private final Channel channel;
    private final RequestDecoder decoder;
    private final ResponseEncoder encoder = new ResponseEncoder();
    private final ClientAddress address;
    private @Nullable Exchange exchange;
    private boolean keepAfterDiscard;
    private int discarded;
    private Phase phase = Phase.IDLE;
    private long since;
    private boolean unflushed;

    ClientConnection(ProxyLoop loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
        this.decoder = new RequestDecoder(loop.context.decoding(), this::bytesArrived);
        this.address = ClientAddress.of(
                (InetSocketAddress) channel.remoteAddress(),
                (InetSocketAddress) channel.localAddress(),
                loop.context.trusted());
        expect(Phase.HEADER); // a connection is opened to send a request at once
        channel.pipeline().addLast(decoder, encoder, this);
        loop.add(this);
        channel.closeFuture().addListener(closed -> loop.remove(this));
    }

    // ---- deadlines

    /** Waits for something else from now on, or for more of the same. */
    void expect(Phase next) {
        phase = next;
        since = loop.context.now();
    }

    private void bytesArrived() {
        if (phase == Phase.IDLE) {
            expect(Phase.HEADER);
        }
    }

    /** Looks at the deadline. */
    void look(long now) {
        long limit = phase.limit(loop.context.limits());
        if (limit == 0 || now - since <= limit) {
            return;
        }
        Exchange current = exchange;
        if (current != null) {
            current.timedOut(phase);
        } else if (phase == Phase.HEADER && decoder.hasUndecoded()) {
            reject(HttpResponseStatus.REQUEST_TIMEOUT, "The request's header did not arrive in time.");
        } else {
            channel.close();
        }
    }

    boolean busy() {
        return exchange != null || phase == Phase.LINGER;
    }

    void closeIfIdle() {
        if (exchange == null && (phase == Phase.IDLE || phase == Phase.HEADER && !decoder.hasUndecoded())) {
            channel.close();
        }
    }

    // ---- from the client

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && phase != Phase.LINGER) {
            head(request);
        } else if (message instanceof HttpContent content && phase != Phase.LINGER) {
            body(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(HttpRequest request) {
        switch (RequestCheck.of(request)) {
            case RequestCheck.Rejected(HttpResponseStatus status, String reason) -> {
                ReferenceCountUtil.release(request);
                reject(status, reason);
            }
            case RequestCheck.Accepted(String host) -> {
                RequestHead head = RequestHead.of(
                        request, host, address, loop.context.limits().via());
                expect(Phase.BODY);
                Exchange begun = new Exchange(loop, this, head);
                exchange = begun;
                begun.begin();
            }
        }
    }

    private void body(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        Exchange current = exchange;
        if (content.decoderResult().isFailure()) {
            content.release();
            if (current == null) {
                channel.close();
            } else {
                current.requestBroken();
            }
        } else if (current != null) {
            if (last) {
                decoder.pause();
            }
            current.requestBody(content);
        } else {
            discard(content, last);
        }
    }

    private void discard(HttpContent content, boolean last) {
        discarded += content.content().readableBytes();
        content.release();
        if (last && phase == Phase.DISCARD) {
            next(keepAfterDiscard);
        } else if (discarded > MOST_DISCARDED) {
            linger();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.requestReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && channel.isWritable()) {
            exchange.clientWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null) {
            exchange = null;
            current.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        channel.close();
    }

    void pauseReading() {
        channel.config().setAutoRead(false);
    }

    void resumeReading() {
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
    }

    boolean readingPaused() {
        return !channel.config().isAutoRead();
    }

    // ---- to the client

    /** Begins a response, informational or final. */
    void begin(HttpResponse response, boolean toHead) {
        encoder.head(toHead);
        write(response);
    }

    /** Passes a 1xx response, which ends with its head. */
    void informational(HttpResponse response) {
        ResponseHead.rewriteInformational(response);
        begin(response, false);
        write(LastHttpContent.EMPTY_LAST_CONTENT);
        flush();
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

    /** The response has been written; the request may still be arriving. */
    void exchangeEnded(boolean keep) {
        Exchange over = exchange;
        exchange = null;
        if (over != null && !over.requestEnded()) {
            keepAfterDiscard = keep;
            discarded = 0;
            expect(Phase.DISCARD);
            resumeReading();
        } else {
            next(keep);
        }
    }

    private void next(boolean keep) {
        if (!keep || loop.context.draining().get()) {
            exchange = null;
            phase = Phase.LINGER;
            since = loop.context.now();
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        expect(Phase.IDLE);
        resumeReading();
        try {
            decoder.resume(channel.pipeline().context(decoder));
            if (exchange != null) {
                exchange.requestReadComplete();
            }
        } catch (Exception broken) {
            channel.close();
        }
    }

    /** Answers in the backend's stead. */
    void answer(Refusal refusal, RequestHead head) {
        Exchange over = exchange;
        FullHttpResponse page = ErrorPage.of(refusal.status(), refusal.sentence(), head.id(), !head.isHead());
        boolean keep = head.keepAlive()
                && !refusal.endsConnection()
                && !loop.context.draining().get();
        if (refusal.retryAfter() > 0) {
            page.headers().set(HttpHeaderNames.RETRY_AFTER, refusal.retryAfter());
        }
        if (!keep) {
            page.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (head.http10()) {
            page.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        begin(page, head.isHead());
        flush();
        if (keep || over != null && over.requestEnded()) {
            exchangeEnded(keep);
        } else {
            linger();
        }
    }

    private void reject(HttpResponseStatus status, String reason) {
        FullHttpResponse page = ErrorPage.of(status, reason, RequestIds.keepOrMake(null), true);
        page.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        loop.context.routes().app("").meter.completed(status.code(), 0);
        begin(page, false);
        flush();
        linger();
    }

    /** Ends our side and reads on for a moment: to close with unread bytes would take the last response from the client. */
    private void linger() {
        exchange = null;
        expect(Phase.LINGER);
        if (channel.pipeline().context(decoder) != null) {
            channel.pipeline().remove(decoder);
        }
        resumeReading();
        if (channel.isActive()) {
            ((DuplexChannel) channel).shutdownOutput();
        }
    }

    /** Breaks off, so that the client can tell that the response is not whole. */
    void abort() {
        exchange = null;
        channel.close();
    }

    /** From now on raw bytes pass between the client and {@code backend}. */
    void tunnel(BackendConnection backend, Runnable ended) {
        exchange = null;
        phase = Phase.TUNNEL;
        backend.tunnel(
                channel,
                () -> {
                    channel.pipeline().remove(this);
                    channel.pipeline().remove(encoder);
                    channel.pipeline().remove(decoder);
                    resumeReading();
                },
                ended);
    }
}
