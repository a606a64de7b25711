package dev.slipway.registry.http;

import java.time.Duration;

/**
 * Limits of a request.
 *
 * @param bodyPatience how long a client may send nothing, or less than it should, while it uploads
 * @param leastBodyBytes what a client must send within that time, at least one byte
 * @param uploadsPerCaller chunks one caller sends at the same time
 * @param requestsPerSecond of one caller, zero for all; ten seconds' worth may come at once
 */
public record RequestLimits(Duration bodyPatience, int leastBodyBytes, int uploadsPerCaller, int requestsPerSecond) {}
