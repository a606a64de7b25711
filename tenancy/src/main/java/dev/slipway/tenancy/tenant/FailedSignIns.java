package dev.slipway.tenancy.tenant;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts wrong passwords, tokens and keys by address, for every door there is, and turns an address away that offers too
 * many of them in a minute: for a minute, then for twice as long each time. Whoever shows a right token or key is let in
 * all the same, so that nobody is locked out by a neighbour behind the same address (decision 0054).
 */
@Singleton
public class FailedSignIns {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration MEMORY = Duration.ofDays(1);
    private static final int ADDRESSES = 10_000;
    private static final int MOST_DOUBLINGS = 20;

    private final int allowed;
    private final Duration longest;
    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > ADDRESSES;
        }
    };

    /**
     * What is known of an address.
     *
     * @param since when its minute began
     * @param locks how often it was turned away lately
     */
    private record Count(Instant since, int failures, int locks, Instant lockedUntil) {}

    @Inject
    FailedSignIns(AccountSettings settings, InstantSource clock) {
        this(settings.freeAddressFailures(), settings.longestLock(), clock);
    }

    /**
     * Makes one apart from the settings.
     *
     * @param allowed failures of one address in a minute after which it is turned away
     * @param longest the longest that it is turned away
     */
    public FailedSignIns(int allowed, Duration longest, InstantSource clock) {
        this.allowed = allowed;
        this.longest = longest;
        this.clock = clock;
    }

    /** How much longer an address is turned away; empty if it is not. */
    public synchronized Optional<Duration> turnedAway(String address) {
        Instant now = clock.instant();
        Count count = counts.get(address);
        return count == null || !count.lockedUntil().isAfter(now)
                ? Optional.empty()
                : Optional.of(Duration.between(now, count.lockedUntil()));
    }

    /** Counts one failure, unless the address is turned away already. */
    public synchronized void failed(String address) {
        Instant now = clock.instant();
        Count before = counts.remove(address);
        counts.put(address, next(before, now));
    }

    private Count next(@org.jspecify.annotations.Nullable Count before, Instant now) {
        if (before == null || before.since().plus(MEMORY).isBefore(now)) {
            return counted(now, 0, 0, Instant.MIN, now);
        }
        if (before.lockedUntil().isAfter(now)) {
            return before;
        }
        boolean sameMinute = now.isBefore(before.since().plus(WINDOW));
        return counted(
                sameMinute ? before.since() : now,
                sameMinute ? before.failures() : 0,
                before.locks(),
                before.lockedUntil(),
                now);
    }

    private Count counted(Instant since, int failures, int locks, Instant lockedUntil, Instant now) {
        if (failures + 1 < allowed) {
            return new Count(since, failures + 1, locks, lockedUntil);
        }
        Duration lock = WINDOW.multipliedBy(1L << Math.min(locks, MOST_DOUBLINGS));
        return new Count(now, 0, locks + 1, now.plus(lock.compareTo(longest) < 0 ? lock : longest));
    }

    /** Counts an attempt as failed before it is looked at, or says how long the address is still turned away. */
    synchronized Optional<Duration> begin(String address) {
        Optional<Duration> wait = turnedAway(address);
        if (wait.isEmpty()) {
            failed(address);
        }
        return wait;
    }

    /** Takes back the attempt that was counted. */
    synchronized void takeBack(String address) {
        Count count = counts.get(address);
        if (count == null) {
            return;
        }
        counts.put(
                address,
                count.failures() > 0
                        ? new Count(count.since(), count.failures() - 1, count.locks(), count.lockedUntil())
                        // The attempt was the one too many, and it was right after all.
                        : new Count(count.since(), allowed - 1, Math.max(0, count.locks() - 1), Instant.MIN));
    }
}
