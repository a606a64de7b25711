package dev.slipway.platform.placement;

/**
 * One instance that wants room.
 *
 * @param name what people call it, {@code web.1}
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes
 */
public record Demand(String name, long cpuMillis, long memoryBytes) {}
