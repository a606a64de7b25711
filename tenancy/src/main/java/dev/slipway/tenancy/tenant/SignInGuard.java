package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts by name, in the database, so that a restart or another process forgets none. An
 * attempt counts as failed before the password is looked at: a hundred at once get no more guesses than one by one.
 */
@ApplicationScoped
class SignInGuard {
    private static final Duration MEMORY = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 30;

    private record Count(
            int failures, Instant last, @Nullable Instant lockedUntil) {}

    private final Sql sql;
    private final AccountSettings settings;
    private final InstantSource clock;

    SignInGuard(Sql sql, AccountSettings settings, InstantSource clock) {
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    /** Counts an attempt, or says how long to wait; commits at once. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<Duration> begin(String name) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Count count = lock(byName(name), now);
        Instant until = count.lockedUntil();
        if (until != null && until.isAfter(now)) {
            return Optional.of(Duration.between(now, until));
        }
        count(byName(name), count, now);
        return Optional.empty();
    }

    /** Takes back the attempts that were counted: the password was right. */
    @Transactional
    void succeeded(String name) {
        sql.update("delete from sign_in_failure where subject = ?", byName(name));
        sql.update(
                "delete from sign_in_failure where last_at < ?", clock.instant().minus(MEMORY));
    }

    private Count lock(String subject, Instant now) {
        sql.update(
                "insert into sign_in_failure (subject, failures, last_at) values (?, 0, ?) on conflict do nothing",
                subject,
                now);
        Count count = sql.first(
                        "select failures, last_at, locked_until from sign_in_failure where subject = ? for update",
                        row -> new Count(
                                (int) row.number("failures"),
                                row.instant("last_at"),
                                row.maybeInstant("locked_until").orElse(null)),
                        subject)
                .orElse(new Count(0, now, null));
        return count.last().isBefore(now.minus(MEMORY)) ? new Count(0, now, null) : count;
    }

    private void count(String subject, Count before, Instant now) {
        int failures = before.failures() + 1;
        int free = settings.freeFailures();
        Instant until = failures < free ? null : now.plus(lockAfter(failures - free));
        sql.update(
                "update sign_in_failure set failures = ?, last_at = ?, locked_until = ?::timestamptz where subject = ?",
                failures,
                now,
                until,
                subject);
    }

    private Duration lockAfter(int beyondFree) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(beyondFree, MOST_DOUBLINGS));
        return doubled.compareTo(settings.longestLock()) < 0 ? doubled : settings.longestLock();
    }

    private static String byName(String name) {
        return "name:" + name;
    }
}
