package dev.slipway.platform.runtime;

import java.time.Instant;

/** Takes the log of an instance. */
public interface LogSink {

    /** From which of the two streams a line came. */
    enum Stream {
        STDOUT,
        STDERR
    }

    /**
     * Takes one line.
     *
     * @param at when the runtime received it
     * @param stream where it was written to
     * @param line without its line end; pieces of at most 16 KiB of a longer line come one by one
     */
    void line(Instant at, Stream stream, String line);

    /** No more lines will come: the instance ended, the tail was sent, or the stream was closed. */
    default void end() {}
}
