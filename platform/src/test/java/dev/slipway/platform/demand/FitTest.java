package dev.slipway.platform.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.demand.DemandLoop.Look;
import dev.slipway.platform.demand.Fit.Limits;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FitTest {
    private static final long MB = 1L << 20;
    private static final Limits ASKED = new Limits(1_000, 512 * MB);

    private static Histogram always(long value, long samples) {
        return new Histogram(Map.of(Histogram.bucket(value), samples));
    }

    @Test
    void aQuantileIsNeverTooLowAndAtMostFivePercentTooHigh() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            long[] values = random.longs(1 + random.nextInt(500), 0, 1L << (4 + random.nextInt(36)))
                    .sorted()
                    .toArray();
            Map<Integer, Long> counts = new HashMap<>();
            Arrays.stream(values).forEach(value -> counts.merge(Histogram.bucket(value), 1L, Long::sum));
            Histogram histogram = new Histogram(counts);
            for (double share : new double[] {0.5, 0.95, 1}) {
                long exact = values[(int) Math.ceil(values.length * share) - 1];
                assertThat(histogram.quantile(share))
                        .isGreaterThanOrEqualTo(exact)
                        .isLessThanOrEqualTo((long) Math.ceil(Math.max(1, exact) * 1.05) + 1);
            }
        }
    }

    @Test
    void bucketsHoldEachValueOnce() {
        for (int bucket = 0; bucket < 700; bucket++) {
            assertThat(Histogram.bucket(Histogram.upper(bucket))).isLessThanOrEqualTo(bucket);
            assertThat(Histogram.bucket(Histogram.upper(bucket) + 1)).isGreaterThan(bucket);
        }
        assertThat(new Histogram(Map.of()).quantile(0.95)).isZero();
    }

    @Test
    void whatIsWastedIsProposedToGo() {
        Fit fit = Fit.of(ASKED, always(100, 5_000), always(100 * MB, 5_000));
        assertThat(fit.better()).isPresent();
        assertThat(fit.better().orElseThrow().cpuMillis()).isBetween(125L, 140L);
        assertThat(fit.better().orElseThrow().memoryBytes()).isBetween(128 * MB, 144 * MB);
        assertThat(fit.better().orElseThrow().memoryBytes() % (16 * MB)).isZero();
    }

    @Test
    void whatFitsOrIsHardlyKnownStays() {
        assertThat(Fit.of(ASKED, always(750, 5_000), always(400 * MB, 5_000)).better())
                .isEmpty();
        assertThat(Fit.of(ASKED, always(10, Fit.ENOUGH - 1), always(MB, Fit.ENOUGH - 1))
                        .better())
                .isEmpty();
        assertThat(Fit.of(ASKED, new Histogram(Map.of()), new Histogram(Map.of()))
                        .better())
                .isEmpty();
    }

    @Test
    void whatIsTightIsProposedToGrowAndTheRestStays() {
        Limits better = Fit.of(ASKED, always(300, 5_000), always(510 * MB, 5_000))
                .better()
                .orElseThrow();
        assertThat(better.memoryBytes()).isGreaterThan(600 * MB);
        assertThat(better.cpuMillis()).isBetween(380L, 410L);
    }

    @Test
    void aProcessThatDoesNothingKeepsTheLeast() {
        assertThat(Fit.of(ASKED, always(0, 5_000), always(0, 5_000)).better()).contains(new Limits(50, 32 * MB));
    }

    @Test
    void processorIsWhatWasUsedBetweenTwoLooks() {
        Instant at = Instant.EPOCH;
        Look first = new Look(at, 5_000_000_000L);
        assertThat(new Look(at.plusSeconds(60), 35_000_000_000L).cpuMillisSince(first))
                .isEqualTo(Optional.of(500L));
        assertThat(new Look(at.plusSeconds(60), 1_000_000_000L).cpuMillisSince(first))
                .as("an instance that began anew")
                .isEmpty();
        assertThat(new Look(at, 6_000_000_000L).cpuMillisSince(first)).isEmpty();
    }
}
