package dev.slipway.registry.access;

import java.time.Duration;
import java.util.Optional;

/**
 * Port: counts wrong passwords and tokens by the address they come from. Asked only about wrong ones, so that whoever shows a
 * right one is let in whatever others behind the same address have tried.
 */
public interface SignInCount {
    /** How much longer an address is turned away; empty if it is not. */
    Optional<Duration> turnedAway(String address);

    /** Counts one that was wrong. */
    void failed(String address);

    /** Counts nothing. */
    static SignInCount none() {
        return new SignInCount() {
            @Override
            public Optional<Duration> turnedAway(String address) {
                return Optional.empty();
            }

            @Override
            public void failed(String address) {}
        };
    }
}
