package dev.slipway.registry.http;

import java.time.Duration;

/**
 * Limits of a request.
 *
 * @param bodyPatience how long a client may send nothing while it uploads
 * @param uploadsPerCaller chunks one caller sends at the same time
 */
public record RequestLimits(Duration bodyPatience, int uploadsPerCaller) {}
