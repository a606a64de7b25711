package dev.slipway.platform.availability;

import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Keeps what was seen of apps and sites, by day in UTC. */
@ApplicationScoped
public class Availability {
    private final Sql sql;
    private final AvailabilitySettings settings;
    private final Clock clock;

    Availability(Sql sql, AvailabilitySettings settings, Clock clock) {
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is looked at. */
    public enum Scope {
        APP,
        SITE
    }

    /**
     * One look.
     *
     * @param subject the app's id, or the site's name
     * @param requests since the look before
     */
    record Look(Scope scope, String subject, boolean good, long requests, long failed) {}

    /** Adds a round of looks, by one statement. */
    void add(List<Look> looks) {
        if (looks.isEmpty()) {
            return;
        }
        sql.update(
                "insert into availability_day (scope, subject, day, looks, good, requests, failed)"
                        + " select scope, subject, ?::date, 1, good, requests, failed"
                        + " from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])"
                        + " as seen (scope, subject, good, requests, failed)"
                        + " on conflict (scope, subject, day) do update set looks = availability_day.looks + 1,"
                        + " good = availability_day.good + excluded.good,"
                        + " requests = availability_day.requests + excluded.requests,"
                        + " failed = availability_day.failed + excluded.failed",
                today().toString(),
                column(looks, Look::scope),
                column(looks, Look::subject),
                column(looks, look -> look.good() ? 1 : 0),
                column(looks, Look::requests),
                column(looks, Look::failed));
    }

    private static String[] column(List<Look> looks, Function<Look, Object> of) {
        return looks.stream().map(of).map(String::valueOf).toArray(String[]::new);
    }

    /** The months of which something is known, the newest first. */
    public List<Month> months(Scope scope, String subject) {
        return sql.query(
                "select to_char(day, 'YYYY-MM') as month, sum(looks) as looks, sum(good) as good,"
                        + " sum(requests) as requests, sum(failed) as failed from availability_day"
                        + " where scope = ? and subject = ? and day >= ?::date group by 1 order by 1 desc",
                row -> new Month(
                        YearMonth.parse(row.text("month")),
                        row.number("looks"),
                        row.number("good"),
                        row.number("requests"),
                        row.number("failed")),
                scope.name(),
                subject,
                oldest().toString());
    }

    /** Forgets the old. */
    int tidy() {
        return sql.update("delete from availability_day where day < ?::date", oldest().toString());
    }

    private LocalDate oldest() {
        return YearMonth.from(today()).minusMonths(settings.months() - 1L).atDay(1);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
