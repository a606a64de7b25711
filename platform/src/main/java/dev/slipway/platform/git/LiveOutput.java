package dev.slipway.platform.git;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries a build's output from the build's threads to the connection's thread. A client that does not read slows the build down
 * for the client timeout once; after that it counts as gone.
 */
final class LiveOutput implements PushOutput {
    private static final int WAITING_CHUNKS = 1024;

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_CHUNKS);
    private final Duration patience;
    private volatile boolean attached = true;
    private volatile boolean finished;

    LiveOutput(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void write(String text) {
        if (!attached || text.isEmpty()) {
            return;
        }
        try {
            if (!waiting.offer(text.getBytes(StandardCharsets.UTF_8), patience.toMillis(), TimeUnit.MILLISECONDS)) {
                detach();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean attached() {
        return attached;
    }

    void detach() {
        attached = false;
        waiting.clear();
    }

    /** The next chunk, or null if there is none within {@code longest}. */
    byte @Nullable [] next(Duration longest) throws InterruptedException {
        return waiting.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Says that no more will come, and wakes the reader up. An empty chunk means nothing else. */
    void finish() {
        finished = true;
        // Refused only if the queue is full, and then the reader is awake anyway.
        var unused = waiting.offer(new byte[0]);
    }

    /** Whether what is waiting is all there is. */
    boolean finished() {
        return finished;
    }
}
