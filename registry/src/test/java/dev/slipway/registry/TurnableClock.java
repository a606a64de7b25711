package dev.slipway.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that tells the real time plus what it was turned forward, or that only goes when it is turned. */
public final class TurnableClock implements InstantSource {
    private volatile InstantSource source = InstantSource.system();
    private volatile Duration ahead = Duration.ZERO;

    public void forward(Duration more) {
        ahead = ahead.plus(more);
    }

    /** From now on it goes only when it is turned. */
    public void hold() {
        source = InstantSource.fixed(source.instant());
    }

    @Override
    public Instant instant() {
        return source.instant().plus(ahead);
    }
}
