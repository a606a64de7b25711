package dev.slipway.platform.loop;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The real timer: one platform thread keeps the time, virtual threads do the work. */
final class SystemTimer implements Timer, AutoCloseable {
    private final ScheduledExecutorService time;
    private final ExecutorService work;

    SystemTimer(ScheduledExecutorService time, ExecutorService work) {
        this.time = time;
        this.work = work;
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        Future<?> waiting = time.schedule(() -> hand(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }

    private void hand(Runnable task) {
        try {
            work.execute(task);
        } catch (RejectedExecutionException shuttingDown) {
            // The program ends; what was waiting for its time is not begun any more.
        }
    }

    /** What waits is forgotten; what runs is the executor's. */
    @Override
    public void close() {
        time.shutdownNow();
    }
}
