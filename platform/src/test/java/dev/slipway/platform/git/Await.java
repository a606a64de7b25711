package dev.slipway.platform.git;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Polls a condition until it holds or a bound has passed. */
final class Await {
    private Await() {}

    static void until(String what, Duration bound, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + bound + ": " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
