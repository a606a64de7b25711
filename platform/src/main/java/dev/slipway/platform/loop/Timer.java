package dev.slipway.platform.loop;

import java.time.Duration;

/** Runs tasks later, each on a thread where it may block. Tests give one that is moved by hand. */
public interface Timer {
    /**
     * Runs {@code task} once when {@code delay} has passed.
     *
     * @param delay zero or negative means at once, still on another thread
     */
    Scheduled after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Scheduled {
        /** Forgets the task if it has not begun; a task that runs is left alone. */
        void cancel();
    }
}
