package dev.slipway.tenancy.quota;

/**
 * What running something takes.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes
 * @param instances how many instances it is
 */
public record Resources(long cpuMillis, long memoryBytes, int instances) {
    public Resources {
        if (cpuMillis < 0 || memoryBytes < 0 || instances < 0) {
            throw new IllegalArgumentException("Resources cannot be negative: cpuMillis=" + cpuMillis + " memoryBytes="
                    + memoryBytes + " instances=" + instances);
        }
    }

    /** One instance with these limits. */
    public static Resources instance(long cpuMillis, long memoryBytes) {
        return new Resources(cpuMillis, memoryBytes, 1);
    }
}
