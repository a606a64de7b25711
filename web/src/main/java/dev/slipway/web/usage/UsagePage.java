package dev.slipway.web.usage;

import dev.slipway.platform.command.UsageCommands.UsageLine;
import dev.slipway.platform.command.UsageCommands.UsageReport;
import dev.slipway.platform.command.WasteCommands.WasteFacts;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tenant's usage: by app, and its history by day.
 *
 * @param from the first day
 * @param last the last day
 * @param columns the resources
 * @param waste what was asked for beside what is used
 */
@CheckedTemplate(basePath = "usage", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record UsagePage(
        Frame frame,
        String tenant,
        LocalDate from,
        LocalDate last,
        List<Column> columns,
        List<Row> apps,
        List<Row> days,
        List<WasteFacts> waste)
        implements TemplateInstance {
    private static final List<QuotaResource> SHOWN = List.of(
            QuotaResource.CPU_MILLIS,
            QuotaResource.MEMORY_BYTES,
            QuotaResource.REGISTRY_BYTES,
            QuotaResource.VOLUME_BYTES,
            QuotaResource.BUILD_MINUTES);
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    /** A resource in its unit. */
    record Column(String resource, String unit) {}

    /** An app, or a day; an app without a name is what several share. */
    record Row(String name, List<Cell> cells) {}

    /**
     * What was used.
     *
     * @param percent of the most that any row of the table used
     */
    record Cell(String amount, int percent) {}

    static UsagePage of(Frame frame, UsageReport report, List<WasteFacts> waste) {
        Map<String, Map<String, BigDecimal>> apps =
                new TreeMap<>(Comparator.comparing(name -> name.isEmpty() ? "~" : name));
        report.lines().forEach(line -> put(apps, line.app().orElse(""), line));
        Map<String, Map<String, BigDecimal>> days = new TreeMap<>(Comparator.reverseOrder());
        report.lines()
                .forEach(line -> put(days, line.day().map(LocalDate::toString).orElse(""), line));
        return new UsagePage(
                frame,
                report.tenant(),
                report.from(),
                report.to().minusDays(1),
                SHOWN.stream()
                        .map(resource -> new Column(resource.text(), unit(resource)))
                        .toList(),
                rows(apps),
                rows(days),
                waste);
    }

    private static void put(Map<String, Map<String, BigDecimal>> rows, String name, UsageLine line) {
        rows.computeIfAbsent(name, some -> new LinkedHashMap<>())
                .merge(line.resource(), line.amount(), BigDecimal::add);
    }

    private static List<Row> rows(Map<String, Map<String, BigDecimal>> amounts) {
        Map<String, BigDecimal> most = new LinkedHashMap<>();
        amounts.values()
                .forEach(row -> row.forEach((resource, amount) -> most.merge(resource, amount, BigDecimal::max)));
        List<Row> rows = new ArrayList<>();
        amounts.forEach((name, row) -> rows.add(new Row(
                name,
                SHOWN.stream()
                        .map(resource -> cell(
                                row.getOrDefault(resource.text(), BigDecimal.ZERO),
                                most.getOrDefault(resource.text(), BigDecimal.ZERO)))
                        .toList())));
        return rows;
    }

    private static Cell cell(BigDecimal amount, BigDecimal most) {
        int percent = most.signum() == 0
                ? 0
                : amount.multiply(ALL).divide(most, 0, RoundingMode.HALF_UP).intValue();
        return new Cell(amount.setScale(2, RoundingMode.HALF_UP).toPlainString(), percent);
    }

    private static String unit(QuotaResource resource) {
        return switch (resource.unit()) {
            case MILLICORES -> "cpu-hours";
            case BYTES -> "GB-hours";
            default -> "minutes";
        };
    }
}
