package dev.slipway.registry.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has the disk write what arrived while more arrives, so that little is left for the sync at the end. A failure is never lost:
 * the system tells it to one caller only, so whoever grows or ends the file hears of it here.
 */
final class WriteBehind implements AutoCloseable {
    private static final long STEP = 8L * 1024 * 1024;

    private final FileChannel channel;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private long begun;
    private boolean queued;
    private boolean running;
    private boolean ended;
    private @Nullable IOException failure;

    WriteBehind(FileChannel channel, long size, Executor executor) {
        this.channel = channel;
        this.begun = size;
        this.executor = executor;
    }

    /** Tells how much there is now. */
    void grew(long size) throws IOException {
        lock.lock();
        try {
            check();
            if (size - begun < STEP || queued || running) {
                return;
            }
            begun = size;
            queued = true;
        } finally {
            lock.unlock();
        }
        executor.execute(this::write);
    }

    private void write() {
        lock.lock();
        try {
            queued = false;
            if (ended) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        IOException result = null;
        try {
            channel.force(false);
        } catch (IOException e) {
            result = e;
        }
        lock.lock();
        try {
            running = false;
            failure = failure == null ? result : failure;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what runs, before the channel is closed. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            ended = true;
            while (running) {
                idle.awaitUninterruptibly();
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException("the disk could not keep what came before", failure);
        }
    }
}
