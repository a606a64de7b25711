package dev.slipway.platform.app;

/**
 * What one instance of a process type may use.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes of memory, swap included
 */
public record ProcessLimits(long cpuMillis, long memoryBytes) {
    /** What a process type gets when nobody said otherwise: a quarter of a core and 256 MiB. */
    public static final ProcessLimits DEFAULT = new ProcessLimits(250, 256L << 20);

    public ProcessLimits {
        if (cpuMillis < 10 || cpuMillis > 1_024_000) {
            throw new IllegalArgumentException("cpu must be between 0.01 and 1024 cores, not " + cpuMillis / 1000.0);
        }
        if (memoryBytes < 16L << 20 || memoryBytes > 16L << 40) {
            throw new IllegalArgumentException("memory must be between 16 MB and 16 TB, not " + memoryBytes + " bytes");
        }
    }

    /** For people: {@code 256 MB, 0.25 cpu}. */
    public String text() {
        String cpu = String.format(java.util.Locale.ROOT, "%.3f", cpuMillis / 1000.0)
                .replaceAll("0+$", "")
                .replaceAll("\\.$", "");
        return (memoryBytes >> 20) + " MB, " + cpu + " cpu";
    }
}
