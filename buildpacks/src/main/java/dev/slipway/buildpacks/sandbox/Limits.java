package dev.slipway.buildpacks.sandbox;

import java.time.Duration;

/**
 * What one build may use, all of it together.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes bytes of memory
 * @param pids processes and threads
 * @param diskBytes bytes that the build's files may have: source, cache and what it writes
 * @param time from the first step to the end of the last
 */
public record Limits(long cpuMillis, long memoryBytes, int pids, long diskBytes, Duration time) {

    public Limits {
        if (cpuMillis <= 0 || memoryBytes <= 0 || pids <= 0 || diskBytes <= 0 || !time.isPositive()) {
            throw new IllegalArgumentException("Every limit of a build must be greater than zero: cpuMillis="
                    + cpuMillis + " memoryBytes=" + memoryBytes + " pids=" + pids + " diskBytes=" + diskBytes
                    + " time=" + time);
        }
    }
}
