package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The statements of the ledger. All that change anything are called with the tenant's quota row locked. */
@ApplicationScoped
class QuotaStore {
    /**
     * A resource as it stands with one tenant, one app and one key.
     *
     * @param own the tenant's own limit
     * @param plan the limit of its plan
     * @param soft from where it is to be told
     * @param held what the key holds
     * @param appLimit what the app may take, if that is limited
     * @param appUsed what the app holds; zero where it is not limited
     */
    record Line(
            QuotaResource resource,
            long used,
            Optional<Long> own,
            Optional<Long> plan,
            Optional<Long> soft,
            long held,
            Optional<Long> appLimit,
            long appUsed) {
        Optional<Long> limit() {
            return own.or(() -> plan);
        }
    }

    record User(String name, long amount) {}

    private static final String[] MONTHLY = names(Arrays.stream(QuotaResource.values())
            .filter(resource -> resource.nature() == QuotaResource.Nature.MONTHLY)
            .toList());
    private static final String MONTH = "date_trunc('month', ?::timestamptz at time zone 'UTC')::date";

    private final Sql sql;

    QuotaStore(Sql sql) {
        this.sql = sql;
    }

    void open(TenantId tenant) {
        sql.update("insert into quota (tenant_id) values (?) on conflict do nothing", tenant.value());
    }

    boolean lock(TenantId tenant) {
        return sql.first(
                        "select tenant_id from quota where tenant_id = ? for update",
                        row -> row.uuid("tenant_id"),
                        tenant.value())
                .isPresent();
    }

    Optional<TenantId> holder(ReservationKey key) {
        return sql.first(
                "select tenant_id from quota_reservation where kind = ? and id = ? limit 1",
                row -> new TenantId(row.uuid("tenant_id")),
                key.kind(),
                key.id());
    }

    /** Each resource as it stands with the tenant, the app and the key in the month that holds {@code at}. */
    List<Line> lines(
            TenantId tenant, Optional<AppId> app, ReservationKey key, List<QuotaResource> resources, Instant at) {
        return sql.query(
                "select r.resource, l.hard as own, l.soft, p.hard as plan, coalesce(h.amount, 0) as held, a.hard as app_limit,"
                        + " case when u.month is null or u.month = asked.month then coalesce(u.used, 0) else 0 end as used,"
                        + " case when a.hard is null then 0 else (select coalesce(sum(q.amount), 0) from quota_reservation q"
                        + "   where q.app_id = asked.app and q.resource = r.resource"
                        + "   and (r.resource <> all(?) or q.created_at >= asked.month)) end as app_used"
                        + " from (select ?::uuid as tenant, ?::uuid as app, ?::text as kind, ?::uuid as id, " + MONTH
                        + "   as month) asked"
                        + " cross join unnest(?) as r(resource)"
                        + " join quota t on t.tenant_id = asked.tenant"
                        + " left join quota_usage u on u.tenant_id = asked.tenant and u.resource = r.resource"
                        + " left join quota_limit l on l.tenant_id = asked.tenant and l.resource = r.resource"
                        + " left join quota_plan_limit p on p.plan = t.plan and p.resource = r.resource"
                        + " left join quota_app_limit a on a.app_id = asked.app and a.resource = r.resource"
                        + " left join quota_reservation h on h.kind = asked.kind and h.id = asked.id"
                        + "   and h.resource = r.resource",
                QuotaStore::line,
                MONTHLY,
                tenant.value(),
                app.map(AppId::value).orElse(null),
                key.kind(),
                key.id(),
                at,
                names(resources));
    }

    /** Makes the key hold exactly the amounts, and moves the usage by the difference. */
    void hold(
            TenantId tenant,
            Optional<AppId> app,
            ReservationKey key,
            Map<QuotaResource, Long> amounts,
            Map<QuotaResource, Long> differences,
            Instant at) {
        List<QuotaResource> resources = List.copyOf(differences.keySet());
        Long[] totals = resources.stream().map(amounts::get).toArray(Long[]::new);
        Long[] steps = resources.stream().map(differences::get).toArray(Long[]::new);
        sql.update(
                "with asked as (select * from unnest(?, ?, ?) as a(resource, amount, step)),"
                        + " gone as (delete from quota_reservation q using asked where q.kind = ? and q.id = ?"
                        + "   and q.resource = asked.resource and asked.amount = 0),"
                        + " held as (insert into quota_reservation (kind, id, resource, tenant_id, app_id, amount, created_at)"
                        + "   select ?, ?, resource, ?, ?::uuid, amount, ? from asked where amount > 0"
                        + "   on conflict (kind, id, resource) do update set amount = excluded.amount)"
                        + " insert into quota_usage as u (tenant_id, resource, used, month)"
                        + "   select ?, resource, greatest(step, 0), case when resource = any(?) then " + MONTH
                        + "   end from asked"
                        + " on conflict (tenant_id, resource) do update set month = excluded.month,"
                        + "   used = case when u.month is not distinct from excluded.month"
                        + "     then u.used + (select step from asked where asked.resource = excluded.resource)"
                        + "     else excluded.used end",
                names(resources),
                totals,
                steps,
                key.kind(),
                key.id(),
                key.kind(),
                key.id(),
                tenant.value(),
                app.map(AppId::value).orElse(null),
                at,
                tenant.value(),
                MONTHLY,
                at);
        meter(tenant, app.map(AppId::value).orElse(UsageMeter.NO_APP), differences, at);
    }

    /** Gives back all but what is counted by the month, which stays used up. */
    void release(TenantId tenant, ReservationKey key, Instant at) {
        record Gone(QuotaResource resource, UUID app, long amount) {}
        List<Gone> all = sql.query(
                "with gone as (delete from quota_reservation where kind = ? and id = ? and resource <> all(?)"
                        + " returning resource, amount, coalesce(app_id, '" + UsageMeter.NO_APP + "') as app),"
                        + " less as (update quota_usage u set used = u.used - gone.amount from gone"
                        + " where u.tenant_id = ? and u.resource = gone.resource)"
                        + " select resource, app, amount from gone",
                row -> new Gone(QuotaResource.parse(row.text("resource")), row.uuid("app"), row.number("amount")),
                key.kind(),
                key.id(),
                MONTHLY,
                tenant.value());
        Map<QuotaResource, Long> steps = new EnumMap<>(QuotaResource.class);
        all.forEach(gone -> steps.put(gone.resource(), -gone.amount()));
        all.stream().findFirst().ifPresent(gone -> meter(tenant, gone.app(), steps, at));
    }

    /** Moves the usage over time by the same steps as the ledger, in the same transaction (decision 0132). */
    private void meter(TenantId tenant, UUID app, Map<QuotaResource, Long> steps, Instant at) {
        meter("usage_move", UsageMeter.HELD, tenant, app, steps, at);
        meter("usage_add", UsageMeter.USED_UP, tenant, app, steps, at);
    }

    private void meter(
            String move,
            Set<QuotaResource> metered,
            TenantId tenant,
            UUID app,
            Map<QuotaResource, Long> steps,
            Instant at) {
        List<QuotaResource> moved =
                steps.keySet().stream().filter(metered::contains).toList();
        if (!moved.isEmpty()) {
            sql.query(
                    "select count(" + move
                            + "(?, ?, resource, step, ?)) as moved from unnest(?, ?) as s(resource, step)",
                    row -> row.number("moved"),
                    tenant.value(),
                    app,
                    at,
                    names(moved),
                    moved.stream().map(steps::get).toArray(Long[]::new));
        }
    }

    Optional<Long> limit(TenantId tenant, QuotaResource resource) {
        return sql.first(
                "select coalesce(l.hard, p.hard) as hard from quota t"
                        + " left join quota_limit l on l.tenant_id = t.tenant_id and l.resource = ?"
                        + " left join quota_plan_limit p on p.plan = t.plan and p.resource = ?"
                        + " where t.tenant_id = ? and coalesce(l.hard, p.hard) is not null",
                row -> row.number("hard"),
                resource.text(),
                resource.text(),
                tenant.value());
    }

    /** The limits that tenants have by themselves or by their plans, by tenant. */
    Map<TenantId, Long> limits(QuotaResource resource) {
        Map<TenantId, Long> limits = new HashMap<>();
        sql.query(
                        "select t.tenant_id, coalesce(l.hard, p.hard) as hard from quota t"
                                + " left join quota_limit l on l.tenant_id = t.tenant_id and l.resource = ?"
                                + " left join quota_plan_limit p on p.plan = t.plan and p.resource = ?"
                                + " where coalesce(l.hard, p.hard) is not null",
                        row -> Map.entry(new TenantId(row.uuid("tenant_id")), row.number("hard")),
                        resource.text(),
                        resource.text())
                .forEach(entry -> limits.put(entry.getKey(), entry.getValue()));
        return limits;
    }

    /** The limits that apps have by themselves, by app. */
    Map<AppId, Long> appLimits(QuotaResource resource) {
        Map<AppId, Long> limits = new HashMap<>();
        sql.query(
                        "select app_id, hard from quota_app_limit where resource = ?",
                        row -> Map.entry(new AppId(row.uuid("app_id")), row.number("hard")),
                        resource.text())
                .forEach(entry -> limits.put(entry.getKey(), entry.getValue()));
        return limits;
    }

    Optional<Long> limit(AppId app, QuotaResource resource) {
        return sql.first(
                "select hard from quota_app_limit where app_id = ? and resource = ?",
                row -> row.number("hard"),
                app.value(),
                resource.text());
    }

    void setLimit(AppId app, QuotaResource resource, long hard, String actor, Instant at) {
        sql.update(
                "insert into quota_app_limit (app_id, resource, hard, set_at, set_by) values (?, ?, ?, ?, ?)"
                        + " on conflict (app_id, resource) do update"
                        + " set hard = excluded.hard, set_at = excluded.set_at, set_by = excluded.set_by",
                app.value(),
                resource.text(),
                hard,
                at,
                actor);
    }

    void clearLimit(AppId app, QuotaResource resource) {
        sql.update("delete from quota_app_limit where app_id = ? and resource = ?", app.value(), resource.text());
    }

    void setSoft(TenantId tenant, QuotaResource resource, long soft) {
        sql.update(
                "update quota_limit set soft = ? where tenant_id = ? and resource = ?",
                soft,
                tenant.value(),
                resource.text());
    }

    Optional<AppId> app(TenantId tenant, String name) {
        return sql.first(
                "select id from app where tenant_id = ? and name = ? and destroyed_at is null",
                row -> new AppId(row.uuid("id")),
                tenant.value(),
                name);
    }

    void setLimit(TenantId tenant, QuotaResource resource, long hard, String actor, Instant at) {
        sql.update(
                "insert into quota_limit (tenant_id, resource, hard, set_at, set_by) values (?, ?, ?, ?, ?)"
                        + " on conflict (tenant_id, resource) do update"
                        + " set hard = excluded.hard, set_at = excluded.set_at, set_by = excluded.set_by",
                tenant.value(),
                resource.text(),
                hard,
                at,
                actor);
    }

    void clearLimit(TenantId tenant, QuotaResource resource) {
        sql.update("delete from quota_limit where tenant_id = ? and resource = ?", tenant.value(), resource.text());
    }

    Set<UUID> keys(TenantId tenant, String kind) {
        return Set.copyOf(sql.query(
                "select distinct id from quota_reservation where tenant_id = ? and kind = ?",
                row -> row.uuid("id"),
                tenant.value(),
                kind));
    }

    /** Who holds most of a resource, the largest first. */
    List<User> users(TenantId tenant, QuotaResource resource, int most) {
        return sql.query(
                "select coalesce(a.name, q.kind) as name, sum(q.amount) as amount from quota_reservation q"
                        + " left join app a on a.id = q.app_id where q.tenant_id = ? and q.resource = ?"
                        + " group by 1 order by 2 desc, 1 limit " + most,
                row -> new User(row.text("name"), row.number("amount")),
                tenant.value(),
                resource.text());
    }

    Optional<TenantId> tenant(String name) {
        return sql.first("select id from tenant where name = ?", row -> new TenantId(row.uuid("id")), name);
    }

    String name(TenantId tenant) {
        return sql.first("select name from tenant where id = ?", row -> row.text("name"), tenant.value())
                .orElse(tenant.toString());
    }

    private static String[] names(List<QuotaResource> resources) {
        return resources.stream().map(QuotaResource::text).toArray(String[]::new);
    }

    private static Line line(Row row) throws SQLException {
        return new Line(
                QuotaResource.parse(row.text("resource")),
                row.number("used"),
                row.maybeText("own").map(Long::parseLong),
                row.maybeText("plan").map(Long::parseLong),
                row.maybeText("soft").map(Long::parseLong),
                row.number("held"),
                row.maybeText("app_limit").map(Long::parseLong),
                row.number("app_used"));
    }
}
