package dev.slipway.registry.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests one caller may make in a second. Kept of each is only when their next request would be due at that rate (the
 * generic cell rate algorithm, ITU-T I.371): who is too far ahead of it waits.
 */
final class RequestRate {
    private static final int CALLERS = 10_000;
    private static final Duration BURST = Duration.ofSeconds(10);

    private final int perSecond;
    private final InstantSource clock;
    private final Cache<String, AtomicLong> due =
            Caffeine.newBuilder().executor(Runnable::run).maximumSize(CALLERS).build();

    /**
     * A limit for each caller.
     *
     * @param perSecond zero for none
     */
    RequestRate(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /**
     * Counts a request. Never blocks.
     *
     * @throws RegistryException {@link ErrorCode#TOOMANYREQUESTS}
     */
    void enter(String caller) {
        if (perSecond == 0) {
            return;
        }
        Instant instant = clock.instant();
        long now = TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
        AtomicLong next = due.get(caller, key -> new AtomicLong(now));
        for (long known = next.get(); ; known = next.get()) {
            long begin = Math.max(now, known);
            long ahead = begin - now - BURST.toNanos();
            if (ahead >= 0) {
                throw new RegistryException(
                        ErrorCode.TOOMANYREQUESTS,
                        "at most " + perSecond + " requests a second, over ten seconds",
                        Duration.ofNanos(ahead));
            }
            if (next.compareAndSet(known, begin + TimeUnit.SECONDS.toNanos(1) / perSecond)) {
                return;
            }
        }
    }
}
