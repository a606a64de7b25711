package dev.slipway.platform.demand;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps what instances used for as long as the report looks back. */
@ApplicationScoped
public class Demand {
    private static final int DAYS = 7;
    private static final Duration LIFE = Duration.ofDays(DAYS + 1L);

    private final Sql sql;
    private final Clock clock;

    Demand(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** What is measured. */
    enum Measure {
        CPU_MILLIS,
        MEMORY_BYTES;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What one look at an instance measured. */
    record Sample(AppId app, String process, Measure measure, long value) {
        private Row row() {
            return new Row(app, process, measure, Histogram.bucket(value));
        }
    }

    private record Row(AppId app, String process, Measure measure, int bucket) {}

    /** Adds what a round of looks measured, by one statement however many instances there are. */
    void add(List<Sample> samples) {
        if (samples.isEmpty()) {
            return;
        }
        Map<Row, Long> counts =
                samples.stream().collect(Collectors.groupingBy(Sample::row, LinkedHashMap::new, Collectors.counting()));
        sql.update(
                "insert into demand_sample (app_id, process, measure, day, bucket, samples)"
                        + " select app, process, measure, ?::date, bucket, samples"
                        + " from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::bigint[])"
                        + " as seen (app, process, measure, bucket, samples)"
                        + " on conflict (app_id, process, measure, day, bucket) do update"
                        + " set samples = demand_sample.samples + excluded.samples",
                today().toString(),
                column(counts, row -> row.getKey().app().value()),
                column(counts, row -> row.getKey().process()),
                column(counts, row -> row.getKey().measure().text()),
                column(counts, row -> row.getKey().bucket()),
                column(counts, Map.Entry::getValue));
    }

    private static String[] column(Map<Row, Long> counts, Function<Map.Entry<Row, Long>, Object> of) {
        return counts.entrySet().stream().map(of).map(String::valueOf).toArray(String[]::new);
    }

    /**
     * What fits the process types of some apps, from the last seven days. Those that were never looked at are left out.
     *
     * @param asked what each instance of the process types may use, by app
     */
    public Map<AppId, Map<String, Fit>> fits(Map<AppId, Map<String, Fit.Limits>> asked) {
        Map<AppId, Map<String, Map<Integer, Long>>> counts = new HashMap<>();
        sql.query(
                        "select app_id, process, measure, bucket, sum(samples) as samples from demand_sample"
                                + " where app_id = any(?::uuid[]) and day > ?::date group by 1, 2, 3, 4",
                        row -> new Counted(
                                new AppId(row.uuid("app_id")),
                                row.text("process") + " " + row.text("measure"),
                                (int) row.number("bucket"),
                                row.number("samples")),
                        asked.keySet().stream()
                                .map(app -> app.value().toString())
                                .toArray(String[]::new),
                        today().minusDays(DAYS).toString())
                .forEach(found -> counts.computeIfAbsent(found.app(), some -> new HashMap<>())
                        .computeIfAbsent(found.what(), some -> new HashMap<>())
                        .put(found.bucket(), found.samples()));
        Map<AppId, Map<String, Fit>> fits = new HashMap<>();
        asked.forEach((app, limits) -> {
            Map<String, Fit> some = new TreeMap<>();
            Map<String, Map<Integer, Long>> ofApp = counts.getOrDefault(app, Map.of());
            limits.forEach((process, limit) -> {
                Histogram cpu = histogram(ofApp, process, Measure.CPU_MILLIS);
                if (cpu.samples() > 0) {
                    some.put(process, Fit.of(limit, cpu, histogram(ofApp, process, Measure.MEMORY_BYTES)));
                }
            });
            fits.put(app, some);
        });
        return fits;
    }

    private record Counted(AppId app, String what, int bucket, long samples) {}

    private static Histogram histogram(Map<String, Map<Integer, Long>> counts, String process, Measure measure) {
        return new Histogram(counts.getOrDefault(process + " " + measure.text(), Map.of()));
    }

    /** Forgets the old. */
    int tidy() {
        return sql.update(
                "delete from demand_sample where day < ?::date",
                LocalDate.ofInstant(clock.instant().minus(LIFE), ZoneOffset.UTC).toString());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
