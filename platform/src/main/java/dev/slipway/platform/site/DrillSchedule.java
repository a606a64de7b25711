package dev.slipway.platform.site;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When the loss of a site is rehearsed without anybody asking.
 *
 * @param everyDays from one time to the next, 1 to 366
 * @param nextAt the next time
 * @param by who wants it
 * @param lastAt when it was last begun or given up
 * @param lastNote why nothing came of the last time; empty when a drill began
 */
public record DrillSchedule(
        SiteName site, int everyDays, Instant nextAt, String by, Optional<Instant> lastAt, Optional<String> lastNote) {
    /** A drill at another time of the day than somebody chose would surprise people: after this it is left out. */
    public static final Duration LATEST = Duration.ofHours(1);

    /** The longest time from one to the next. */
    public static final int MOST_DAYS = 366;

    public DrillSchedule {
        if (everyDays < 1 || everyDays > MOST_DAYS) {
            throw new IllegalArgumentException("A drill takes place every 1 to " + MOST_DAYS + " days: " + everyDays);
        }
    }

    /** What is to be done about it at a moment. */
    public enum Due {
        NOT_YET,
        NOW,
        /** Nobody led when it was time, or another drill ran for too long. */
        MISSED
    }

    /** The first time of the day, in UTC, that is after a moment. */
    public static Instant first(Instant after, LocalTime at) {
        ZonedDateTime today = after.atZone(ZoneOffset.UTC).with(at);
        return (today.toInstant().isAfter(after) ? today : today.plusDays(1)).toInstant();
    }

    public Due due(Instant now) {
        if (now.isBefore(nextAt)) {
            return Due.NOT_YET;
        }
        return now.isAfter(nextAt.plus(LATEST)) ? Due.MISSED : Due.NOW;
    }

    /** The next time that is still to come. */
    public Instant following(Instant now) {
        Instant next = nextAt;
        while (!next.isAfter(now)) {
            next = next.plus(Duration.ofDays(everyDays));
        }
        return next;
    }
}
