package dev.slipway.platform.proxy;

import java.util.List;

/**
 * What one app's requests have come to since the start.
 *
 * @param requests all requests that have ended
 * @param byStatusClass five counts, 1xx to 5xx
 * @param nanos sum of all latencies
 * @param latency how many requests took at most {@link #bound} of the place in this list and more than the one before
 */
public record AppTotals(long requests, List<Long> byStatusClass, long nanos, List<Long> latency) {
    /** Buckets of {@link #latency}: 0.25 ms, doubled each time; the last has no bound. */
    public static final int BUCKETS = 20;

    private static final long FIRST = 250_000;

    public AppTotals {
        byStatusClass = List.copyOf(byStatusClass);
        latency = List.copyOf(latency);
    }

    /** The upper bound of a latency bucket in nanoseconds, {@link Long#MAX_VALUE} for the last. */
    public static long bound(int bucket) {
        return bucket >= BUCKETS - 1 ? Long.MAX_VALUE : FIRST << bucket;
    }

    /** The bucket a latency falls into. */
    static int bucket(long nanos) {
        if (nanos <= FIRST) {
            return 0;
        }
        return Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros((nanos - 1) / FIRST));
    }
}
