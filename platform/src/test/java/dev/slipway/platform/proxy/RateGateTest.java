package dev.slipway.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateGateTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 10, 1_000})
    void aSecondsWorthMayComeAtOnceAndThenTheEvenPace(long limit) {
        RateGate gate = new RateGate();
        gate.perSecond(limit);
        assertThat(taken(gate, 0, 5_000)).isEqualTo(limit);
        long taken = 0;
        for (long millisecond = 1; millisecond <= 10_000; millisecond++) {
            taken += gate.take(millisecond * 1_000_000) == 0 ? 1 : 0;
        }
        assertThat(taken).isBetween(limit * 10 - 1, limit * 10 + 1);
    }

    @Test
    void whatIsRefusedIsToldWhenToComeBack() {
        RateGate gate = new RateGate();
        gate.perSecond(2);
        assertThat(taken(gate, 7 * SECOND, 10)).isEqualTo(2);
        long wait = gate.take(7 * SECOND);
        assertThat(wait).isEqualTo(SECOND / 2);
        assertThat(gate.take(7 * SECOND + wait - 1)).isPositive();
        assertThat(gate.take(7 * SECOND + wait)).isZero();
    }

    @Test
    void withoutARateEverythingPassesAndWithNoneNothing() {
        RateGate gate = new RateGate();
        assertThat(taken(gate, 0, 100_000)).isEqualTo(100_000);
        assertThat(gate.spend(0, Integer.MAX_VALUE)).isZero();
        gate.perSecond(0);
        assertThat(taken(gate, 0, 10)).isZero();
    }

    @Test
    void whatIsSpentBeyondTheRateIsWaitedFor() {
        RateGate gate = new RateGate();
        gate.perSecond(1_000);
        assertThat(gate.spend(0, 1_000)).isZero();
        assertThat(gate.spend(0, 500)).isEqualTo(SECOND / 2);
        assertThat(gate.spend(SECOND, 0)).isZero();
        assertThat(gate.spend(20 * SECOND, 1_000))
                .as("nothing is saved up for later")
                .isZero();
    }

    @Test
    void manyAtOnceNeverTakeMoreThanThereIs() throws Exception {
        RateGate gate = new RateGate();
        gate.perSecond(10_000);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Long>> all = IntStream.range(0, 8)
                    .<Callable<Long>>mapToObj(thread -> () -> taken(gate, 42, 5_000))
                    .toList();
            long taken = 0;
            for (Future<Long> each : threads.invokeAll(all)) {
                taken += each.get();
            }
            assertThat(taken).isEqualTo(10_000);
        }
    }

    private static long taken(RateGate gate, long now, int tries) {
        return IntStream.range(0, tries).filter(turn -> gate.take(now) == 0).count();
    }
}
