package dev.slipway.platform.git;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A chunked response as a blocking stream: a write waits while the client does not read, and fails when it is gone. */
final class ResponseStream extends OutputStream {
    private final HttpServerResponse response;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean gone;

    /** @param patience how long a client may read nothing before it counts as gone */
    ResponseStream(HttpServerResponse response, Duration patience) {
        this.response = response;
        this.patience = patience;
        response.setChunked(true);
        response.exceptionHandler(failure -> leave());
        response.closeHandler(closed -> leave());
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        awaitRoom();
        response.write(Buffer.buffer(length).appendBytes(octets, offset, length));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (gone) {
                return;
            }
        } finally {
            lock.unlock();
        }
        response.end();
    }

    private void awaitRoom() throws IOException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!gone && response.writeQueueFull()) {
                response.drainHandler(drained -> wake());
                if (response.writeQueueFull()) {
                    left = changed.awaitNanos(left);
                    gone |= left <= 0;
                }
            }
            if (gone) {
                throw new IOException("The client is gone or does not read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the client to read");
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            gone = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
