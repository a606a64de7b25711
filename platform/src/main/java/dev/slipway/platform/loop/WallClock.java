package dev.slipway.platform.loop;

import java.time.Clock;
import java.util.function.LongSupplier;

/** The machine's clocks, for what runs without the application, where there is nothing to inject. */
public final class WallClock {
    private WallClock() {}

    /** In UTC. */
    public static Clock utc() {
        return Clock.systemUTC();
    }

    /** Nanoseconds from any start, never going back. */
    public static LongSupplier ticker() {
        return System::nanoTime;
    }

    /** Waits on the calling thread. */
    public static Pause pause() {
        return Thread::sleep;
    }
}
