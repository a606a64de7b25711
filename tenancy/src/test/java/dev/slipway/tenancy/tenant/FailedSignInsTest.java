package dev.slipway.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tenancy.trial.TrialClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {
    private static final String ADDRESS = "192.0.2.1";
    private static final int ALLOWED = 3;

    private final TrialClock clock = new TrialClock();
    private final FailedSignIns failures = new FailedSignIns(ALLOWED, Duration.ofMinutes(3), clock);

    private void fail(int times) {
        for (int time = 0; time < times; time++) {
            failures.failed(ADDRESS);
        }
    }

    @Test
    void anAddressIsTurnedAwayTwiceAsLongEachTime() {
        for (Duration lock : new Duration[] {Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(3)}) {
            fail(ALLOWED - 1);
            assertThat(failures.turnedAway(ADDRESS)).isEmpty();
            fail(1);
            assertThat(failures.turnedAway(ADDRESS)).contains(lock);
            assertThat(failures.turnedAway("192.0.2.2")).isEmpty();
            fail(10);
            assertThat(failures.turnedAway(ADDRESS)).contains(lock);
            clock.pass(lock);
            assertThat(failures.turnedAway(ADDRESS)).isEmpty();
        }
        clock.pass(Duration.ofDays(2));
        fail(ALLOWED);
        assertThat(failures.turnedAway(ADDRESS)).contains(Duration.ofMinutes(1));
    }

    @Test
    void onlyFailuresOfOneMinuteCount() {
        fail(ALLOWED - 1);
        clock.pass(Duration.ofSeconds(61));
        fail(ALLOWED - 1);
        assertThat(failures.turnedAway(ADDRESS)).isEmpty();
    }

    @Test
    void anAttemptThatWasRightAfterAllIsTakenBack() {
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(failures.begin(ADDRESS)).isEmpty();
            failures.takeBack(ADDRESS);
        }
        fail(ALLOWED - 1);
        assertThat(failures.begin(ADDRESS)).isEmpty();
        assertThat(failures.begin(ADDRESS)).isPresent();
        failures.takeBack(ADDRESS);
        assertThat(failures.begin(ADDRESS)).isEmpty();
    }
}
