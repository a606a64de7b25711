package dev.slipway.platform.git;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts failed sign-ins by address in one-minute windows, for both transports. */
public final class FailedSignIns {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;

    private final int allowed;
    private final InstantSource clock;
    private final Map<String, Window> windows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > ADDRESSES;
        }
    };

    /** @param allowed failures of one address in a minute after which it is turned away */
    public FailedSignIns(int allowed, InstantSource clock) {
        this.allowed = allowed;
        this.clock = clock;
    }

    /** Whether an address has failed too often in this minute. */
    public synchronized boolean tooMany(String address) {
        Window window = windows.get(address);
        return window != null && window.holds(clock.instant()) && window.failures >= allowed;
    }

    /** Counts one failure. */
    public synchronized void failed(String address) {
        Instant now = clock.instant();
        Window window = windows.get(address);
        int before = window != null && window.holds(now) ? window.failures : 0;
        Instant since = before > 0 && window != null ? window.since : now;
        windows.remove(address);
        windows.put(address, new Window(since, before + 1));
    }

    private record Window(Instant since, int failures) {
        boolean holds(Instant now) {
            return now.isBefore(since.plus(WINDOW));
        }
    }
}
