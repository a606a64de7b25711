package dev.slipway.platform.runtime;

/**
 * What one instance may use at most; every limit always holds.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes bytes of memory; there is no swap on top
 * @param pids processes and threads
 * @param logBytes bytes of log that are kept, the oldest go first
 */
public record ResourceLimits(long cpuMillis, long memoryBytes, int pids, long logBytes) {

    public ResourceLimits {
        if (cpuMillis <= 0 || memoryBytes <= 0 || pids <= 0 || logBytes <= 0) {
            throw new IllegalArgumentException("Every limit of an instance must be greater than zero: cpuMillis="
                    + cpuMillis + " memoryBytes=" + memoryBytes + " pids=" + pids + " logBytes=" + logBytes);
        }
    }
}
