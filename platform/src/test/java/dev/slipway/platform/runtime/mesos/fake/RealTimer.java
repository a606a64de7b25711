package dev.slipway.platform.runtime.mesos.fake;

import dev.slipway.platform.loop.Timer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time as it is, for tests whose other side really runs. */
public final class RealTimer implements Timer, AutoCloseable {
    private final ScheduledThreadPoolExecutor time = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();

    public RealTimer() {
        time.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        if (time.isShutdown()) {
            return () -> {};
        }
        Future<?> waiting = time.schedule(
                () -> {
                    if (!work.isShutdown()) {
                        work.execute(task);
                    }
                },
                Math.max(0, delay.toNanos()),
                TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }

    /** Runs tasks on virtual threads. */
    public ExecutorService work() {
        return work;
    }

    @Override
    public void close() {
        time.shutdownNow();
        work.shutdownNow();
    }
}
