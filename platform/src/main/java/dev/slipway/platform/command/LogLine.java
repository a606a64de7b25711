package dev.slipway.platform.command;

import java.time.Instant;

/**
 * One line that an instance wrote.
 *
 * @param instance {@code web.1}
 * @param stream {@code stdout} or {@code stderr}
 */
public record LogLine(Instant at, String instance, String stream, String text) {
    /** Takes lines as they come. */
    @FunctionalInterface
    public interface Sink {
        /** Takes one line; returns false when no more is wanted. */
        boolean accept(LogLine line);
    }
}
