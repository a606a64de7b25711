package dev.slipway.platform.demand;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often values occurred, in buckets each 5 % wider than the one before: any quantile is right to 5 %, and a week of a
 * process takes some dozens of numbers.
 */
public final class Histogram {
    private static final double GROWTH = 1.05;

    private final SortedMap<Integer, Long> counts;

    /** @param counts of samples by bucket */
    public Histogram(Map<Integer, Long> counts) {
        this.counts = new TreeMap<>(counts);
    }

    /** The bucket of a value: 0 for 0 and 1, else the least n whose {@link #upper} is not below it. */
    public static int bucket(long value) {
        int guess = value <= 1 ? 0 : (int) Math.ceil(Math.log(value) / Math.log(GROWTH));
        while (guess > 0 && upper(guess - 1) >= value) {
            guess--;
        }
        while (upper(guess) < value) {
            guess++;
        }
        return guess;
    }

    /** The largest value of a bucket. */
    static long upper(int bucket) {
        return (long) Math.ceil(Math.pow(GROWTH, bucket));
    }

    public long samples() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A value that at least this share of the samples does not exceed, at most 5 % too high; 0 without samples. */
    public long quantile(double share) {
        long needed = (long) Math.ceil(samples() * share);
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= needed) {
                return upper(entry.getKey());
            }
        }
        return 0;
    }
}
