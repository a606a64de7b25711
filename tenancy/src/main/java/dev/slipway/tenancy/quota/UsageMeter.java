package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a tenant and its apps have used, by days (UTC): what the ledger held times how long, exact to the moment of asking
 * (decision 0132). The ledger writes it; this reads.
 */
@ApplicationScoped
public class UsageMeter {
    /** Stands for what no single app holds, such as a blob that several apps have. */
    static final UUID NO_APP = new UUID(0, 0);

    /** Resources whose use is an amount times a duration. */
    static final Set<QuotaResource> HELD = EnumSet.of(
            QuotaResource.CPU_MILLIS,
            QuotaResource.MEMORY_BYTES,
            QuotaResource.DISK_BYTES,
            QuotaResource.INSTANCES,
            QuotaResource.VOLUME_BYTES,
            QuotaResource.REGISTRY_BYTES);

    /** Resources whose use is an amount. */
    static final Set<QuotaResource> USED_UP = EnumSet.of(QuotaResource.BUILD_MINUTES);

    private final Sql sql;
    private final InstantSource clock;

    UsageMeter(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * What was used of one resource on one day.
     *
     * @param app its name; empty for what no single app holds. A destroyed app keeps its name here
     * @param amount in the resource's unit times seconds, or in its unit for what is used up at once
     */
    public record DayUse(LocalDate day, Optional<String> app, QuotaResource resource, BigDecimal amount) {}

    /**
     * Reads some days, in order of day, app and resource.
     *
     * @param from the first day
     * @param to the day after the last
     */
    public List<DayUse> read(TenantId tenant, LocalDate from, LocalDate to) {
        return read(tenant, from, to, clock.instant());
    }

    List<DayUse> read(TenantId tenant, LocalDate from, LocalDate to, Instant now) {
        Instant begin = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = to.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant until = now.isBefore(end) ? now : end;
        return sql.query(
                "select u.day::text as day, a.name as app, u.resource, sum(u.amount)::text as amount from ("
                        + " select app_id, resource, day, amount from usage_day"
                        + "  where tenant_id = ? and day >= ?::date and day < ?::date"
                        + " union all"
                        // What is held now has not been added to its days yet.
                        + " select l.app_id, l.resource, m.midnight::date, l.amount * extract(epoch from"
                        + "   least(w.till, m.midnight + interval '1 day') - greatest(l.since at time zone 'UTC', m.midnight))"
                        + "  from usage_level l"
                        + "  cross join (select ?::timestamptz at time zone 'UTC' as start,"
                        + "    ?::timestamptz at time zone 'UTC' as till) w"
                        + "  cross join lateral generate_series(date_trunc('day',"
                        + "    greatest(l.since at time zone 'UTC', w.start)), w.till, interval '1 day') m(midnight)"
                        + "  where l.tenant_id = ? and l.amount > 0 and m.midnight < w.till"
                        + "   and l.since at time zone 'UTC' < least(w.till, m.midnight + interval '1 day')"
                        + ") u left join app a on a.id = u.app_id"
                        + " where u.amount > 0 group by u.day, a.name, u.resource order by u.day, a.name nulls last, u.resource",
                row -> new DayUse(
                        LocalDate.parse(row.text("day")),
                        row.maybeText("app"),
                        QuotaResource.parse(row.text("resource")),
                        new BigDecimal(row.text("amount"))),
                tenant.value(),
                from.toString(),
                to.toString(),
                begin,
                until,
                tenant.value());
    }
}
