package dev.slipway.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that tells the real time plus what it was turned forward. */
public final class TurnableClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    public void forward(Duration more) {
        ahead = ahead.plus(more);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
