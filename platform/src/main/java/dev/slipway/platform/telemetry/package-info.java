/** How the platform itself is doing: health checks that tell the truth, and metrics for Prometheus. Not: apps' logs. */
@NullMarked
package dev.slipway.platform.telemetry;

import org.jspecify.annotations.NullMarked;
