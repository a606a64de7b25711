package dev.slipway.deploy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Looks for something that another process does, until it is so or a bound has passed. */
final class Await {
    private static final Duration EVERY = Duration.ofMillis(50);

    private Await() {}

    /**
     * Returns when {@code condition} holds.
     *
     * @param what completes the sentence "not seen in time: …"
     * @throws AssertionError after {@code bound}; carries what the last look threw
     */
    static void until(String what, Duration bound, Callable<Boolean> condition) {
        long end = System.nanoTime() + bound.toNanos();
        Exception last = null;
        while (System.nanoTime() - end < 0) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(EVERY.toNanos());
        }
        throw new AssertionError("not seen in " + bound.toSeconds() + " s: " + what, last);
    }
}
