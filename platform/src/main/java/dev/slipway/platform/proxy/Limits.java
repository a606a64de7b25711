package dev.slipway.platform.proxy;

import java.time.Duration;

/** The settings that are looked at for each request, as plain numbers; times in nanoseconds. */
record Limits(
        long header,
        long keepAlive,
        long body,
        long response,
        long stream,
        long slot,
        long backendIdle,
        long ejection,
        int backendIdleConnections,
        int maxInFlight,
        int maxWaiting,
        int maxConnections,
        String via) {
    private static final long TICK_SHORTEST = Duration.ofMillis(10).toNanos();
    private static final long TICK_LONGEST = Duration.ofMillis(250).toNanos();

    static Limits of(ProxySettings settings) {
        return new Limits(
                settings.headerTimeout().toNanos(),
                settings.keepAlive().toNanos(),
                settings.bodyTimeout().toNanos(),
                settings.responseTimeout().toNanos(),
                settings.streamTimeout().toNanos(),
                settings.maxWait().toNanos(),
                settings.backendIdle().toNanos(),
                settings.ejection().toNanos(),
                settings.backendIdleConnections(),
                settings.maxInFlight(),
                settings.maxWaiting(),
                settings.maxConnections(),
                settings.via().map(name -> "1.1 " + name).orElse(""));
    }

    /** How often deadlines are looked at: a fraction of the shortest. */
    long tick() {
        long shortest =
                Math.min(Math.min(header, keepAlive), Math.min(Math.min(body, response), Math.min(slot, stream)));
        return Math.clamp(shortest / 4, TICK_SHORTEST, TICK_LONGEST);
    }
}
