package dev.slipway.platform.proxy;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a bound. */
final class Check {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private Check() {}

    static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not happen within " + BOUND + ": " + what);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
