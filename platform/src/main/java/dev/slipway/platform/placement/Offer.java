package dev.slipway.platform.placement;

/**
 * Room on one node.
 *
 * @param cpuMillis free thousandths of a core
 * @param memoryBytes free bytes
 * @param cpuTotal thousandths of a core the node has to give in all
 * @param memoryTotal bytes it has to give in all
 */
public record Offer(String site, String node, long cpuMillis, long memoryBytes, long cpuTotal, long memoryTotal) {

    boolean fits(Demand demand) {
        return demand.cpuMillis() <= cpuMillis && demand.memoryBytes() <= memoryBytes;
    }

    Offer less(Demand demand) {
        return new Offer(
                site, node, cpuMillis - demand.cpuMillis(), memoryBytes - demand.memoryBytes(), cpuTotal, memoryTotal);
    }

    /** The larger of the two shares in use were the demand placed here, from 0 to 1. */
    double dominantShareWith(Demand demand) {
        double cpu = 1.0 - (double) (cpuMillis - demand.cpuMillis()) / Math.max(1, cpuTotal);
        double memory = 1.0 - (double) (memoryBytes - demand.memoryBytes()) / Math.max(1, memoryTotal);
        return Math.max(cpu, memory);
    }
}
