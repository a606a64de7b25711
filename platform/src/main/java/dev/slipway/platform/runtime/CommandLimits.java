package dev.slipway.platform.runtime;

import java.time.Duration;

/**
 * How much a command beside an instance's own process may take; both limits always hold.
 *
 * @param time from its start to its end
 * @param outputBytes what it may print, both streams together
 */
public record CommandLimits(Duration time, int outputBytes) {

    public CommandLimits {
        if (!time.isPositive() || outputBytes <= 0) {
            throw new IllegalArgumentException(
                    "Limits of a command are greater than zero: time=" + time + " outputBytes=" + outputBytes);
        }
    }
}
