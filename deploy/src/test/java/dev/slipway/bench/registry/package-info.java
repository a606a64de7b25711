/** The program of {@code deploy/bench registry}: the registry alone on one event loop. Not a test. */
@org.jspecify.annotations.NullMarked
package dev.slipway.bench.registry;
