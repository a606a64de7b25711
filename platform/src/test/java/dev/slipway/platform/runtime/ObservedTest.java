package dev.slipway.platform.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObservedTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MOST = Duration.ofSeconds(10);

    private static Observed.State.Running running(boolean boosted) {
        return new Observed.State.Running(new Endpoint("10.0.0.2", 5000), START, boosted);
    }

    @Test
    void aStartIsBoostedTooLongWhenItsTimeIsOverAndNotBefore() {
        assertThat(running(true).boostedTooLong(MOST, START.plusMillis(9_999))).isFalse();
        assertThat(running(true).boostedTooLong(MOST, START.plus(MOST))).isTrue();
        assertThat(running(false).boostedTooLong(MOST, START.plus(MOST))).isFalse();
    }
}
