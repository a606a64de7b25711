/** The programs of {@code deploy/bench proxy}: the proxy alone, a tiny backend, a load of constant rate. Not tests. */
@org.jspecify.annotations.NullMarked
package dev.slipway.bench.proxy;
