package dev.slipway.platform.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @Test
    void doublesUpToItsLimitAndStaysInTheUpperHalfOfTheStep() {
        long[] steps = {1, 2, 4, 8, 16, 30, 30, 30};
        Random random = new Random(42);
        for (int failure = 1; failure <= steps.length; failure++) {
            Duration step = Duration.ofSeconds(steps[failure - 1]);
            for (int draw = 0; draw < 200; draw++) {
                assertThat(backoff.after(failure, random)).isBetween(step.dividedBy(2), step);
            }
        }
    }

    @Test
    void doesNotOverflowAfterVeryManyFailures() {
        assertThat(backoff.after(Integer.MAX_VALUE, new Random(1))).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void spreadsThoseWhoFailTogether() {
        Random random = new Random(7);
        long distinct = java.util.stream.Stream.generate(() -> backoff.after(6, random))
                .limit(100)
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(90);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff.after(0, new Random()));
    }
}
