package dev.slipway.platform.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The instant by which something must have ended. A deadline can be stored and read back after a restart.
 *
 * @param end the first instant that is too late
 */
public record Deadline(Instant end) {
    /** The deadline {@code allowance} from now. */
    public static Deadline in(Duration allowance, InstantSource clock) {
        return new Deadline(clock.instant().plus(allowance));
    }

    public boolean passed(InstantSource clock) {
        return !clock.instant().isBefore(end);
    }

    /** What is left, never negative. */
    public Duration remaining(InstantSource clock) {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public Deadline orEarlier(Deadline other) {
        return other.end.isBefore(end) ? other : this;
    }
}
