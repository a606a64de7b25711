package dev.slipway.platform.runtime;

/**
 * What an instance has used.
 *
 * @param cpuNanos nanoseconds of processor time since it started
 * @param memoryBytes bytes of memory now, without the page cache that can be given back
 */
public record Usage(long cpuNanos, long memoryBytes) {}
