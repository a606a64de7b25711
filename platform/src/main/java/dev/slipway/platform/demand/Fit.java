package dev.slipway.platform.demand;

import java.util.Optional;

/**
 * What was asked for each instance of a process type, what it used, and the limits that would fit.
 *
 * @param askedCpuMillis thousandths of a core
 * @param usedCpuMillis what 95 of 100 samples did not exceed
 * @param samples how many looks that is
 * @param better the limits that would fit; empty where those there are do, or too little is known
 */
public record Fit(
        long askedCpuMillis,
        long askedMemoryBytes,
        long usedCpuMillis,
        long usedMemoryBytes,
        long samples,
        Optional<Limits> better) {
    /** A day of looks, one a minute: less says little of a week. */
    public static final long ENOUGH = 24 * 60;

    private static final double P95 = 0.95;
    private static final double HEADROOM = 1.25;
    private static final double WORTH_IT = 0.8;
    private static final double TIGHT = 0.95;
    private static final long CPU_STEP = 10;
    private static final long LEAST_CPU = 50;
    private static final long MEMORY_STEP = 16L << 20;
    private static final long LEAST_MEMORY = 32L << 20;

    /** Limits for each instance. */
    public record Limits(long cpuMillis, long memoryBytes) {}

    static Fit of(Limits asked, Histogram cpu, Histogram memory) {
        long usedCpu = cpu.quantile(P95);
        long usedMemory = memory.quantile(P95);
        long samples = Math.min(cpu.samples(), memory.samples());
        Limits fitting = new Limits(
                fitting(asked.cpuMillis(), usedCpu, CPU_STEP, LEAST_CPU),
                fitting(asked.memoryBytes(), usedMemory, MEMORY_STEP, LEAST_MEMORY));
        return new Fit(
                asked.cpuMillis(),
                asked.memoryBytes(),
                usedCpu,
                usedMemory,
                samples,
                Optional.of(fitting).filter(better -> samples >= ENOUGH && !better.equals(asked)));
    }

    /** A quarter more than was used, in whole steps; what was asked for where that is about right already. */
    private static long fitting(long asked, long used, long step, long least) {
        long wanted = Math.max(least, (long) Math.ceil(used * HEADROOM / step) * step);
        boolean wasted = wanted < asked * WORTH_IT;
        boolean tight = used > asked * TIGHT;
        return wasted || tight ? wanted : asked;
    }
}
