package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private static final int RATE = 5;
    private static final int BURST = 50;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T09:00:00Z"));
    private final RequestRate rate = new RequestRate(RATE, now::get);

    private void forward(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    private int taken(String caller, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            try {
                rate.enter(caller);
                taken++;
            } catch (RegistryException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS);
                assertThat(e.retryAfter()).isPresent();
            }
        }
        return taken;
    }

    @Test
    void takesTenSecondsWorthAtOnceAndThenSoManyASecond() {
        assertThat(taken("alice", 200)).isEqualTo(BURST);
        forward(Duration.ofSeconds(1));
        assertThat(taken("alice", 200)).isEqualTo(RATE);
        forward(Duration.ofHours(1));
        assertThat(taken("alice", 200)).as("time unused is not saved up").isEqualTo(BURST);
    }

    @Test
    void countsEachCallerByItself() {
        assertThat(taken("alice", 200)).isEqualTo(BURST);
        assertThat(taken("bob", 200)).isEqualTo(BURST);
    }

    @Test
    void isExactWhenManyAskAtOnce() throws Exception {
        List<Future<Integer>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> taken("alice", 100)));
            }
        }
        int sum = 0;
        for (Future<Integer> one : all) {
            sum += one.get();
        }
        assertThat(sum).isEqualTo(BURST);
    }

    @Test
    void takesAllWithoutALimit() {
        RequestRate none = new RequestRate(0, now::get);
        for (int i = 0; i < 100_000; i++) {
            none.enter("alice");
        }
    }
}
