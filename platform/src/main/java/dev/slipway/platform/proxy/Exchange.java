package dev.slipway.platform.proxy;

import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response: finds a backend, carries the request there and the response back, both as they come. Lives
 * on the event loop of its client; only {@link #calledOut} may be called from elsewhere.
 */
final class Exchange {
    private static final int MOST_ATTEMPTS = 3;
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private final ProxyLoop loop;
    private final ClientConnection client;
    private final RequestHead head;
    private final ArrayDeque<HttpContent> held = new ArrayDeque<>(0);
    private final long begun;
    private @Nullable AppState app;
    private @Nullable BackendState backend;
    private @Nullable BackendConnection connection;
    private @Nullable BackendState failed;
    private int attempts;
    private boolean forceNew;
    /** Counted among the app's requests; a second try is not counted again. */
    private boolean admitted;

    private boolean slowed;
    private boolean dispatched;
    private boolean waiting;
    private boolean requestEnded;
    private boolean bodySent;
    private boolean responseBegun;
    private boolean informational;
    private boolean backendKeeps;
    private boolean clientKeeps;
    private boolean ended;
    private int status;

    Exchange(ProxyLoop loop, ClientConnection client, RequestHead head) {
        this.loop = loop;
        this.client = client;
        this.head = head;
        this.begun = loop.context.now();
    }

    /** Whether all of the request has come. */
    boolean requestEnded() {
        return requestEnded;
    }

    /** A piece of the request's body, or its end; ownership passes to the exchange. */
    void requestBody(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        requestEnded |= last;
        if (ended) {
            content.release();
        } else if (!dispatched) {
            content.release();
            dispatched = true;
            dispatch();
        } else if (connection == null) {
            held.add(content);
            client.pauseReading();
        } else {
            sendBody(connection, content);
            client.expect(last ? Phase.RESPONSE : Phase.BODY);
        }
    }

    /** Everything that one read of the client brought has been handed over. */
    void requestReadComplete() {
        if (connection != null) {
            connection.flush();
        }
    }

    /** Begins, if a body will follow; else the request's end, already there, begins it. */
    void begin() {
        if (!head.bodyless()) {
            dispatched = true;
            dispatch();
        }
    }

    private void dispatch() {
        LiveRoute route = loop.context.routes().find(head.host());
        app = route == null ? loop.context.routes().app("") : route.app();
        if (route == null || route.backends().isEmpty()) {
            answer(route == null ? Refusal.noApp(head.host()) : Refusal.nothingHealthy(route));
            return;
        }
        if (!admitted) {
            long wait = route.app().requests.take(loop.context.now());
            if (wait > 0) {
                answer(Refusal.tooMany(route.app(), wait));
                return;
            }
            admitted = true;
        }
        BackendState chosen =
                route.acquire(loop.context.now(), loop.context.limits().maxInFlight(), failed);
        if (chosen == null) {
            awaitSlot(route.app());
        } else {
            use(chosen);
        }
    }

    private void awaitSlot(AppState of) {
        if (!of.enqueue(this, loop.context.limits().maxWaiting())) {
            answer(Refusal.BUSY);
            return;
        }
        waiting = true;
        client.expect(Phase.SLOT);
        LiveRoute now = loop.context.routes().find(head.host());
        if (now == null || now.backends().isEmpty()) {
            leaveQueue(of);
            dispatch();
            return;
        }
        // A slot may have become free between the look and the place in the queue, with nobody there to be called.
        BackendState chosen =
                now.acquire(loop.context.now(), loop.context.limits().maxInFlight(), failed);
        if (chosen != null) {
            leaveQueue(of);
            use(chosen);
        }
    }

    private void leaveQueue(AppState of) {
        waiting = false;
        of.leave(this);
    }

    /** It is this exchange's turn to try for a slot again. From any thread. */
    void calledOut() {
        loop.events.execute(() -> {
            if (waiting) {
                waiting = false;
                dispatch();
            } else if (app != null) {
                app.callNext();
            }
        });
    }

    private void use(BackendState chosen) {
        backend = chosen;
        long longest = head.bodyless() && head.replayable()
                ? loop.context.limits().backendIdle()
                : Math.min(FRESH, loop.context.limits().backendIdle());
        BackendConnection unused = forceNew ? null : loop.takeUnused(chosen, longest);
        if (unused != null) {
            attach(unused);
            return;
        }
        client.expect(Phase.CONNECT);
        loop.connect(chosen).addListener(done -> connected(chosen, (ChannelFuture) done));
    }

    private void connected(BackendState chosen, ChannelFuture done) {
        if (!done.isSuccess()) {
            chosen.refused(loop.context.now(), loop.context.limits().ejection());
            if (!ended) {
                unreachable(chosen, done.cause());
            }
            return;
        }
        chosen.connected();
        BackendConnection fresh = done.channel().pipeline().get(BackendConnection.class);
        if (fresh == null) {
            done.channel().close();
            backendClosed();
        } else if (ended) {
            loop.keepUnused(fresh);
        } else {
            attach(fresh);
        }
    }

    private void unreachable(BackendState chosen, Throwable cause) {
        backend = null;
        failed = chosen;
        chosen.release();
        attempts++;
        LiveRoute route = loop.context.routes().find(head.host());
        if (attempts < MOST_ATTEMPTS && (route == null || route.offersMoreThan(attempts, chosen))) {
            dispatch();
        } else {
            answer(Refusal.unreachable(cause));
        }
    }

    private void attach(BackendConnection to) {
        connection = to;
        to.begin(this, head.isHead());
        client.expect(requestEnded ? Phase.RESPONSE : Phase.BODY);
        if (head.bodyless()) {
            to.write(head.whole());
        } else {
            to.write(head.request());
            while (connection == to && !held.isEmpty()) {
                sendBody(to, held.removeFirst());
            }
        }
        to.flush();
        if (to.isWritable()) {
            client.resumeReading();
        }
    }

    private void sendBody(BackendConnection to, HttpContent content) {
        bodySent |= content.content().isReadable();
        to.write(content);
        if (!to.isWritable()) {
            client.pauseReading();
        }
    }

    void backendWritable() {
        client.resumeReading();
        if (!requestEnded) {
            client.expect(Phase.BODY);
        }
    }

    /** The head of a response, informational or final. */
    void responseHead(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            ReferenceCountUtil.release(response);
            if (!(response.decoderResult().cause() instanceof PrematureChannelClosureException)) {
                fail(Refusal.ANSWER_UNREADABLE);
            }
            return; // a premature end is told by backendClosed
        }
        int code = response.status().code();
        if (code == 101) {
            switchProtocols(response);
        } else if (code < 200) {
            passInformational(response, code);
        } else {
            status = code;
            responseBegun = true;
            backendKeeps = HttpUtil.isKeepAlive(response);
            clientKeeps =
                    ResponseHead.rewrite(response, head, loop.context.draining().get());
            client.begin(response, head.isHead());
            client.expect(Phase.STREAM);
        }
    }

    private void passInformational(HttpResponse response, int code) {
        informational = true;
        if (!head.http10() && (code != 100 || head.expectsContinue())) {
            client.informational(response);
        }
    }

    private void switchProtocols(HttpResponse response) {
        BackendConnection with = connection;
        BackendState of = backend;
        if (head.upgrade() == null || with == null || of == null) {
            fail(Refusal.SWITCHED_UNASKED);
            return;
        }
        ResponseHead.rewriteSwitching(response, head.id());
        client.begin(response, false);
        client.flush();
        status = 101;
        connection = null;
        backend = null;
        of.upgraded();
        settle();
        client.tunnel(with, of::upgradedEnded);
    }

    /** A piece of the response's body, or its end; ownership passes to the exchange. */
    void responseBody(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (informational) {
            informational = false; // it ends with its head
            content.release();
            return;
        }
        BackendConnection from = connection;
        if (content.decoderResult().isFailure() || !responseBegun || from == null) {
            content.release();
            fail(Refusal.ANSWER_BROKEN);
            return;
        }
        long wait = app == null
                ? 0
                : app.bytes.spend(loop.context.now(), content.content().readableBytes());
        client.write(content);
        if (last) {
            client.flush();
            connection = null;
            from.end();
            if (backendKeeps && requestEnded) {
                loop.keepUnused(from);
            } else {
                from.close();
            }
            settle();
            client.exchangeEnded(clientKeeps);
        } else {
            client.expect(Phase.STREAM);
            if (wait > 0) {
                slow(from, wait);
            } else if (!client.isWritable()) {
                from.pauseReading();
            }
        }
    }

    /** The app sends more than it may: nothing more is read of this answer until the even pace has caught up. */
    private void slow(BackendConnection from, long wait) {
        slowed = true;
        from.pauseReading();
        loop.events.schedule(
                () -> {
                    slowed = false;
                    if (connection == from && client.isWritable()) {
                        from.resumeReading();
                    }
                },
                wait,
                TimeUnit.NANOSECONDS);
    }

    /** One read of the backend has been handed over: nothing is held back from the client. */
    void responseReadComplete() {
        client.flush();
    }

    void clientWritable() {
        if (connection != null && !slowed) {
            connection.resumeReading();
        }
    }

    /** The backend has closed the connection, or it broke. */
    void backendClosed() {
        BackendConnection lost = connection;
        connection = null;
        if (ended) {
            return;
        }
        BackendState of = backend;
        boolean harmless = head.bodyless() ? head.replayable() : !bodySent && held.isEmpty();
        boolean unheard = lost != null && lost.used() && !lost.sawBytes() && !responseBegun;
        if (of != null && unheard && harmless && !forceNew) {
            forceNew = true;
            backend = null;
            of.release();
            dispatch();
        } else {
            fail(Refusal.NO_ANSWER);
        }
    }

    /** The deadline of the current phase has passed. */
    void timedOut(Phase phase) {
        fail(Refusal.late(phase, client.readingPaused()));
    }

    /** The body is not what its framing said. */
    void requestBroken() {
        fail(Refusal.REQUEST_BROKEN);
    }

    /** The client has gone away: the backend need not go on. */
    void clientGone() {
        if (!ended) {
            status = 499;
            settle();
        }
    }

    /** Answers with a page if nothing of a response has been sent, else breaks off so that the client can tell. */
    private void fail(Refusal refusal) {
        if (responseBegun) {
            settle();
            client.abort();
        } else {
            answer(refusal);
        }
    }

    private void answer(Refusal refusal) {
        status = refusal.status().code();
        settle();
        client.answer(refusal, head);
    }

    /** Gives everything back and counts; the exchange is over for all but the client's connection. */
    private void settle() {
        ended = true;
        if (waiting && app != null) {
            leaveQueue(app);
        }
        held.forEach(HttpContent::release);
        held.clear();
        BackendConnection open = connection;
        if (open != null) {
            connection = null;
            open.close();
        }
        BackendState of = backend;
        if (of != null) {
            backend = null;
            of.release();
        }
        if (app != null) {
            app.meter.completed(status, loop.context.now() - begun);
        }
    }
}
