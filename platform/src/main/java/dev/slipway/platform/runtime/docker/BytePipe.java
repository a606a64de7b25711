package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Bytes from one thread to another, in chunks. The writer waits while too many bytes wait to be read. */
final class BytePipe extends InputStream {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private final int capacity;
    private int waiting;
    private int offset;
    private boolean ended;
    private boolean closed;

    BytePipe(int capacity) {
        this.capacity = capacity;
    }

    /** Hands over a chunk, which must not be changed any more; dropped if the reader has closed. */
    void put(byte[] chunk) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting > 0 && waiting + chunk.length > capacity && !closed) {
                changed.await();
            }
            if (!closed && chunk.length > 0) {
                chunks.addLast(chunk);
                waiting += chunk.length;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** No more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
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
    public int read(byte[] buffer, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            byte[] chunk = head();
            if (chunk == null) {
                return -1;
            }
            int count = Math.min(length, chunk.length - offset);
            System.arraycopy(chunk, offset, buffer, at, count);
            offset += count;
            waiting -= count;
            if (offset == chunk.length) {
                chunks.removeFirst();
                offset = 0;
            }
            changed.signalAll();
            return count;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] head() throws InterruptedException {
        while (chunks.isEmpty() && !ended && !closed) {
            changed.await();
        }
        return closed ? null : chunks.peekFirst();
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while waiting for output", cause);
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            chunks.clear();
            waiting = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
