package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tenants at a glance, in one question however many there are. */
@ApplicationScoped
public class TenantOverviews {
    private static final String QUESTION = """
            select t.name, t.created_at, q.plan, r.resource, coalesce(u.used, 0) as used,
                   coalesce(l.hard, p.hard)::text as hard, coalesce(a.apps, 0) as apps, coalesce(m.members, 0) as members
            from tenant t
            join quota q on q.tenant_id = t.id
            cross join (values ('cpu_millis'), ('memory_bytes')) r(resource)
            left join quota_usage u on u.tenant_id = t.id and u.resource = r.resource
            left join quota_limit l on l.tenant_id = t.id and l.resource = r.resource
            left join quota_plan_limit p on p.plan = q.plan and p.resource = r.resource
            left join (select tenant_id, count(*) as apps from app where destroyed_at is null group by 1) a
              on a.tenant_id = t.id
            left join (select tenant_id, count(distinct person_id) as members from membership group by 1) m
              on m.tenant_id = t.id
            order by t.name, r.resource
            """;

    private final Sql sql;
    private final QuotaDefaults defaults;

    TenantOverviews(Sql sql, QuotaDefaults defaults) {
        this.sql = sql;
        this.defaults = defaults;
    }

    /**
     * A tenant.
     *
     * @param plan the name of its plan, if it has one
     */
    public record Overview(
            TenantName name,
            Instant createdAt,
            Optional<String> plan,
            long apps,
            long members,
            Share cpu,
            Share memory) {}

    /** What is used of what may be, in the resource's unit. */
    public record Share(long used, long limit) {}

    private record Line(Overview tenant, QuotaResource resource, Share share) {}

    /** All of them, by name. */
    public List<Overview> all() {
        Map<TenantName, List<Line>> lines = new LinkedHashMap<>();
        Share none = new Share(0, 0);
        sql.query(QUESTION, row -> {
                    QuotaResource resource = QuotaResource.parse(row.text("resource"));
                    long limit = row.maybeText("hard").map(Long::parseLong).orElseGet(() -> defaults.of(resource));
                    return new Line(
                            new Overview(
                                    TenantName.of(row.text("name")),
                                    row.instant("created_at"),
                                    row.maybeText("plan"),
                                    row.number("apps"),
                                    row.number("members"),
                                    none,
                                    none),
                            resource,
                            new Share(row.number("used"), limit));
                })
                .forEach(line -> lines.computeIfAbsent(line.tenant().name(), some -> new ArrayList<>())
                        .add(line));
        return lines.values().stream().map(TenantOverviews::overview).toList();
    }

    private static Overview overview(List<Line> lines) {
        Overview tenant = lines.getFirst().tenant();
        return new Overview(
                tenant.name(),
                tenant.createdAt(),
                tenant.plan(),
                tenant.apps(),
                tenant.members(),
                share(lines, QuotaResource.CPU_MILLIS),
                share(lines, QuotaResource.MEMORY_BYTES));
    }

    private static Share share(List<Line> lines, QuotaResource resource) {
        return lines.stream()
                .filter(line -> line.resource() == resource)
                .findFirst()
                .map(Line::share)
                .orElseThrow();
    }
}
