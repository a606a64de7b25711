package dev.slipway.platform.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the nth failure in a row: exponential with "equal jitter", so that many loops that failed
 * together do not return together, and none returns at once.
 *
 * @param first wait after the first failure before jitter, positive
 * @param most upper bound of every wait, at least {@code first}
 */
public record Backoff(Duration first, Duration most) {
    public Backoff {
        if (first.isNegative() || first.isZero()) {
            throw new IllegalArgumentException("first back-off must be positive: " + first);
        }
        if (most.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off of at most " + most + " is below its first step " + first);
        }
    }

    /** From half a second, doubling, to half a minute: right for most loops. */
    public static Backoff standard() {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /**
     * The wait after {@code failures} failures in a row.
     *
     * @param failures 1 or more
     * @param random source of the jitter
     * @return between half of the step and the whole step
     */
    public Duration after(int failures, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("back-off is asked after a failure, not after " + failures);
        }
        long step = step(failures);
        long half = Math.max(1, step / 2);
        return Duration.ofNanos(half + random.nextLong(Math.max(1, step - half + 1)));
    }

    private long step(int failures) {
        long limit = most.toNanos();
        long step = first.toNanos();
        for (int i = 1; i < failures && step < limit; i++) {
            step = step > limit / 2 ? limit : step * 2;
        }
        return Math.min(step, limit);
    }
}
