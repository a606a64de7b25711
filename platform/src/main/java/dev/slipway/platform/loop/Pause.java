package dev.slipway.platform.loop;

import java.time.Duration;

/** Waits between two looks at something; tests give one that does not wait. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits that long.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    void pause(Duration duration) throws InterruptedException;
}
