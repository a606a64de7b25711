package dev.slipway.platform.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits on the calling thread for something that cannot tell when it has happened, such as another process.
 *
 * @param every between two looks, positive
 * @param bound of the whole wait
 */
public record Patience(Duration every, Duration bound) {
    /**
     * Looks until {@code condition} holds, the bound has passed or the thread is interrupted.
     *
     * @return whether it held at the last look
     */
    public boolean until(BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(every.toNanos());
        }
        return true;
    }
}
