package dev.slipway.platform.runtime;

import java.time.Duration;

/** A log that is being read. */
public interface LogStream extends AutoCloseable {

    /**
     * Waits until no more lines will come.
     *
     * @return whether that was so within the time
     */
    boolean awaitEnd(Duration atMost) throws InterruptedException;

    /** Stops reading; the sink's end is still called. */
    @Override
    void close();
}
