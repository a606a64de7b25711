package dev.slipway.platform.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

    private final ManualTime time = new ManualTime();
    private final List<String> passes = new ArrayList<>();
    private boolean broken;

    private Loop loop(Loop.Pass pass) {
        return new Loop("test", INTERVAL, BACKOFF, pass, time, new Random(1));
    }

    private Loop counting() {
        return loop(() -> {
            passes.add(time.instant().toString());
            if (broken) {
                throw new IllegalStateException("broken");
            }
        });
    }

    @Test
    void runsAtOnceAndThenAfterEachInterval() {
        counting().start();
        time.runDue();
        assertThat(passes).hasSize(1);
        time.advance(INTERVAL.minusMillis(1));
        assertThat(passes).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(passes).hasSize(2);
        time.advance(INTERVAL.multipliedBy(3));
        assertThat(passes).hasSize(5);
    }

    @Test
    void startingTwiceIsStartingOnce() {
        Loop loop = counting();
        loop.start();
        loop.start();
        time.runDue();
        assertThat(passes).hasSize(1);
        assertThat(time.scheduled()).isEqualTo(1);
    }

    @Test
    void aWakeUpRunsNowAndReplacesTheWaitingPass() {
        Loop loop = counting();
        loop.start();
        time.runDue();
        time.advance(Duration.ofSeconds(4));
        loop.wake();
        loop.wake();
        time.runDue();
        assertThat(passes).hasSize(2);
        assertThat(time.untilNext()).isEqualTo(INTERVAL);
        assertThat(time.scheduled()).isEqualTo(1);
    }

    @Test
    void wakeUpsDuringAPassGiveOneMore() {
        Loop[] self = new Loop[1];
        self[0] = loop(() -> {
            passes.add("pass");
            if (passes.size() == 1) {
                self[0].wake();
                self[0].wake();
            }
        });
        self[0].start();
        time.runDue();
        assertThat(passes).hasSize(2);
        assertThat(time.untilNext()).isEqualTo(INTERVAL);
    }

    @Test
    void backsOffWhileItFailsAndReturnsToItsInterval() {
        broken = true;
        Loop loop = counting();
        loop.start();
        time.runDue();
        assertThat(loop.healthy()).isFalse();
        assertThat(time.untilNext()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        time.advance(time.untilNext());
        assertThat(time.untilNext()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        broken = false;
        time.advance(time.untilNext());
        assertThat(loop.healthy()).isTrue();
        assertThat(time.untilNext()).isEqualTo(INTERVAL);
    }

    @Test
    void aWakeUpWhileItFailsShortensTheWaitButNotToNothing() {
        broken = true;
        Loop loop = counting();
        loop.start();
        time.runDue();
        for (int i = 0; i < 5; i++) {
            time.advance(time.untilNext());
        }
        assertThat(time.untilNext()).isGreaterThan(Duration.ofSeconds(3));
        loop.wake();
        assertThat(time.untilNext()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void afterStopNothingRuns() {
        Loop loop = counting();
        loop.start();
        time.runDue();
        assertThat(loop.stop(Duration.ZERO)).isTrue();
        loop.wake();
        time.advance(INTERVAL.multipliedBy(5));
        assertThat(passes).hasSize(1);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void stopInterruptsAPassThatOutlivesTheBound() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (var work = Executors.newVirtualThreadPerTaskExecutor();
                var real = new SystemTimer(Executors.newSingleThreadScheduledExecutor(), work)) {
            Loop loop = new Loop(
                    "stuck",
                    INTERVAL,
                    BACKOFF,
                    () -> {
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException expected) {
                            interrupted.set(true);
                        }
                    },
                    real,
                    new Random(1));
            loop.start();
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(loop.stop(Duration.ofMillis(50))).isTrue();
            assertThat(interrupted).isTrue();
        }
    }

    @Test
    void loopsStopLastStartedFirst() {
        Loops loops = new Loops(time, new Random(1));
        Loop first = loops.start("first", INTERVAL, () -> passes.add("first"));
        Loop second = loops.start("second", INTERVAL, () -> {
            throw new IllegalStateException("broken");
        });
        time.runDue();
        assertThat(loops.failing()).containsExactly("second");
        loops.stopAll();
        first.wake();
        second.wake();
        time.advance(INTERVAL);
        assertThat(passes).containsExactly("first");
        assertThat(loops.failing()).isEmpty();
    }
}
