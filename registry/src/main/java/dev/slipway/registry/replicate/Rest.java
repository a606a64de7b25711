package dev.slipway.registry.replicate;

import java.time.Duration;

/** Port: waits, so that no more bytes leave than may. */
@FunctionalInterface
public interface Rest {
    /**
     * Waits that long.
     *
     * @throws InterruptedException when the program ends meanwhile
     */
    void rest(Duration duration) throws InterruptedException;
}
