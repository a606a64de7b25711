package dev.slipway.platform.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a bound. */
public final class Await {

    private Await() {}

    /** Looks every few milliseconds until it holds; fails with the description when the bound is over. */
    public static void until(String description, Duration bound, BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + bound + ": " + description);
            }
            try {
                never.await(10, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting until " + description, e);
            }
        }
    }
}
