package dev.slipway.platform.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final ManualTime time = new ManualTime();
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(10), time);

    @Test
    void countsDownAndStaysAtZero() {
        assertThat(deadline.remaining(time)).isEqualTo(Duration.ofSeconds(10));
        time.advance(Duration.ofSeconds(9));
        assertThat(deadline.passed(time)).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(deadline.passed(time)).isTrue();
        time.advance(Duration.ofHours(1));
        assertThat(deadline.remaining(time)).isZero();
    }

    @Test
    void theEarlierOfTwoHolds() {
        Deadline sooner = Deadline.in(Duration.ofSeconds(5), time);
        assertThat(deadline.orEarlier(sooner)).isEqualTo(sooner);
        assertThat(sooner.orEarlier(deadline)).isEqualTo(sooner);
    }
}
