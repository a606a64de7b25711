package dev.slipway.registry.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a stream for a thread that may block. Little more than {@link #FULL} bytes of it are in memory: the client is
 * slowed down by TCP when the disk is slower. Clients send in pieces of some ten kilobytes, and waking a thread costs more than what
 * it then does with one of them, so it is woken for many at once, or when no more came for a moment.
 */
final class BodyStream extends InputStream {
    private static final int FULL = 1024 * 1024;
    private static final int ENOUGH = FULL / 2;
    private static final int PIECE = 128 * 1024;
    private static final long MOMENT_MILLIS = 5;

    private final HttpServerRequest request;
    private final Context context;
    private final Patience patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private int held;
    private boolean paused;
    private boolean ticking;
    private boolean complete;
    private boolean discarded;
    private @Nullable Throwable failure;
    private @Nullable Buffer current;
    private int position;

    private BodyStream(HttpServerRequest request, Context context, Patience patience) {
        this.request = request;
        this.context = context;
        this.patience = patience;
    }

    /**
     * Takes over a paused request. Called on its event loop.
     *
     * @param patience how slowly the client may send
     */
    static BodyStream of(HttpServerRequest request, Context context, Patience patience) {
        BodyStream stream = new BodyStream(request, context, patience);
        if (request.isEnded()) {
            stream.finish(null);
            return stream;
        }
        request.handler(stream::arrive);
        request.endHandler(end -> stream.finish(null));
        request.exceptionHandler(stream::finish);
        return stream;
    }

    /** Lets the client begin. Called on the event loop. */
    void start() {
        go();
    }

    /** Drops what is still to come, so that the connection can go on. Called on the event loop. */
    void discard() {
        lock.lock();
        try {
            discarded = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
        go();
    }

    private void go() {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    private void arrive(Buffer buffer) {
        lock.lock();
        try {
            if (discarded) {
                return;
            }
            waiting.add(buffer);
            held += buffer.length();
            if (held >= FULL && !paused) {
                paused = true;
                request.pause();
            }
            if (held >= ENOUGH) {
                arrived.signal();
            } else if (!ticking) {
                ticking = true;
                context.owner().setTimer(MOMENT_MILLIS, timer -> tick());
            }
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        lock.lock();
        try {
            ticking = false;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void finish(@Nullable Throwable reason) {
        lock.lock();
        try {
            complete = true;
            failure = reason;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int copied = 0;
        while (copied < length) {
            Buffer buffer = current != null ? current : next(copied == 0);
            if (buffer == null) {
                return copied == 0 ? -1 : copied;
            }
            int count = Math.min(length - copied, buffer.length() - position);
            buffer.getBytes(position, position + count, target, offset + copied);
            copied += count;
            position += count;
            current = position < buffer.length() ? buffer : null;
        }
        return copied;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        long total = 0;
        for (int count = read(piece); count >= 0; count = read(piece)) {
            out.write(piece, 0, count);
            total += count;
        }
        return total;
    }

    /** The next buffer; null at the end, or, if not to wait, when none is here yet. */
    private @Nullable Buffer next(boolean wait) throws IOException {
        Buffer buffer;
        lock.lock();
        try {
            while (wait && waiting.isEmpty() && !complete) {
                long left = patience.left();
                if (left <= 0) {
                    throw new InterruptedIOException("the client sent nothing, or too little, for too long");
                }
                patience.waited(left - arrived.awaitNanos(left));
            }
            buffer = take();
            if (buffer == null && failure != null && wait) {
                throw new EOFException("the client went away: " + failure.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while receiving");
        } finally {
            lock.unlock();
        }
        if (buffer != null) {
            position = 0;
            patience.came(buffer.length());
        }
        return buffer;
    }

    /** Takes the oldest buffer, and lets the client go on when little is left. */
    private @Nullable Buffer take() {
        Buffer buffer = waiting.poll();
        held -= buffer == null ? 0 : buffer.length();
        if (paused && held < ENOUGH) {
            paused = false;
            context.runOnContext(ready -> go());
        }
        return buffer;
    }
}
