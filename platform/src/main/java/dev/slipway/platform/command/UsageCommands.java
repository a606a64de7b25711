package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.UsageMeter;
import dev.slipway.tenancy.quota.UsageMeter.DayUse;
import dev.slipway.tenancy.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tenants and their apps have used, for those who share the bill. */
@ApplicationScoped
public class UsageCommands {
    private static final int MOST_DAYS = 400;

    private final Authorizer authorizer;
    private final Tenants tenants;
    private final UsageMeter meter;
    private final Clock clock;

    UsageCommands(Authorizer authorizer, Tenants tenants, UsageMeter meter, Clock clock) {
        this.authorizer = authorizer;
        this.tenants = tenants;
        this.meter = meter;
        this.clock = clock;
    }

    /** What lines are about. */
    public enum By {
        APP,
        DAY,
        APP_AND_DAY;

        /**
         * Reads {@code app}, {@code day} or {@code app,day}.
         *
         * @throws InvalidSettingException for anything else
         */
        public static By parse(String text) {
            return switch (text) {
                case "app" -> APP;
                case "day" -> DAY;
                case "app,day", "day,app" -> APP_AND_DAY;
                default -> throw new InvalidSettingException("Usage is by app, by day or by app,day.");
            };
        }
    }

    /**
     * What was used in some days.
     *
     * @param from the first day, UTC
     * @param to the day after the last
     */
    public record UsageReport(String tenant, LocalDate from, LocalDate to, List<UsageLine> lines) {
        public UsageReport {
            lines = List.copyOf(lines);
        }

        /** As lines of comma-separated values with a heading (RFC 4180). */
        public String csv() {
            StringBuilder text = new StringBuilder("tenant,app,day,resource,amount,unit\r\n");
            for (UsageLine line : lines) {
                text.append(tenant)
                        .append(',')
                        .append(line.app().orElse(""))
                        .append(',')
                        .append(line.day().map(LocalDate::toString).orElse(""))
                        .append(',')
                        .append(line.resource())
                        .append(',')
                        .append(line.amount().toPlainString())
                        .append(',')
                        .append(line.unit())
                        .append("\r\n");
            }
            return text.toString();
        }
    }

    /**
     * What was used of one resource.
     *
     * @param app empty where lines are not by app, and for what no single app holds
     * @param day empty where lines are not by day
     * @param unit such as {@code cpu-hours}
     */
    public record UsageLine(
            Optional<String> app, Optional<LocalDate> day, String resource, BigDecimal amount, String unit) {}

    private record Key(Optional<String> app, Optional<LocalDate> day, QuotaResource resource) {}

    /**
     * Tells what a tenant used.
     *
     * @param from the first day as {@code 2026-03-01}; else the first of this month
     * @param to the last day; else today
     * @throws InvalidSettingException for days that cannot be
     */
    public UsageReport usage(
            Principal principal, TenantName tenant, Optional<String> from, Optional<String> to, By by) {
        authorizer.require(principal, Permission.TENANT_QUOTAS_READ, Subject.of(tenant));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate last = to.map(UsageCommands::day).orElse(today);
        LocalDate first = from.map(UsageCommands::day).orElseGet(() -> last.withDayOfMonth(1));
        if (first.isAfter(last) || first.plusDays(MOST_DAYS).isBefore(last)) {
            throw new InvalidSettingException("Ask for 1 to " + MOST_DAYS + " days, the first before the last; not "
                    + first + " to " + last + ".");
        }
        var id = tenants.find(tenant)
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()))
                .id();
        return new UsageReport(
                tenant.value(), first, last.plusDays(1), lines(meter.read(id, first, last.plusDays(1)), by));
    }

    private static List<UsageLine> lines(List<DayUse> uses, By by) {
        Map<Key, BigDecimal> sums = new LinkedHashMap<>();
        for (DayUse use : uses) {
            Key key = new Key(
                    by == By.DAY ? Optional.empty() : use.app(),
                    by == By.APP ? Optional.empty() : Optional.of(use.day()),
                    use.resource());
            sums.merge(key, use.amount(), BigDecimal::add);
        }
        List<Key> keys = new ArrayList<>(sums.keySet());
        keys.sort(Comparator.comparing(
                        (Key key) -> key.day().map(LocalDate::toString).orElse(""))
                .thenComparing(key -> key.app().orElse("~"))
                .thenComparing(Key::resource));
        return keys.stream()
                .map(key -> {
                    UsageUnit unit = UsageUnit.of(key.resource());
                    return new UsageLine(
                            key.app(),
                            key.day(),
                            key.resource().text(),
                            unit.amount(sums.getOrDefault(key, BigDecimal.ZERO)),
                            unit.text());
                })
                .toList();
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidSettingException("Write a day as 2026-03-01.");
        }
    }
}
