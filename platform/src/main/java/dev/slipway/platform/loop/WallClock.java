package dev.slipway.platform.loop;

import java.time.Clock;

/** The machine's clock, for what runs without the application, before there is anything to inject. */
public final class WallClock {
    private WallClock() {}

    /** In UTC. */
    public static Clock utc() {
        return Clock.systemUTC();
    }
}
