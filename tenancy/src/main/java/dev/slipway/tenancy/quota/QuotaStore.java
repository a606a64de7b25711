package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The statements of the ledger. All that change anything are called with the tenant's quota row locked. */
@ApplicationScoped
class QuotaStore {
    record Line(QuotaResource resource, long used, Optional<Long> limit, long held) {}

    record User(String name, long amount) {}

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

    /** For each resource: used by the tenant, its own limit, and what the key holds already. */
    List<Line> lines(TenantId tenant, ReservationKey key, List<QuotaResource> resources) {
        return sql.query(
                "select r.resource, coalesce(u.used, 0) as used, l.hard, coalesce(h.amount, 0) as held"
                        + " from unnest(?) as r(resource)"
                        + " left join quota_usage u on u.tenant_id = ? and u.resource = r.resource"
                        + " left join quota_limit l on l.tenant_id = ? and l.resource = r.resource"
                        + " left join quota_reservation h on h.kind = ? and h.id = ? and h.resource = r.resource",
                QuotaStore::line,
                names(resources),
                tenant.value(),
                tenant.value(),
                key.kind(),
                key.id());
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
                        + " insert into quota_usage as u (tenant_id, resource, used) select ?, resource, greatest(step, 0) from asked"
                        + " on conflict (tenant_id, resource) do update set used = u.used"
                        + "   + (select step from asked where asked.resource = excluded.resource)",
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
                tenant.value());
    }

    void release(TenantId tenant, ReservationKey key) {
        sql.update(
                "with gone as (delete from quota_reservation where kind = ? and id = ? returning resource, amount)"
                        + " update quota_usage u set used = u.used - gone.amount from gone"
                        + " where u.tenant_id = ? and u.resource = gone.resource",
                key.kind(),
                key.id(),
                tenant.value());
    }

    Optional<Long> limit(TenantId tenant, QuotaResource resource) {
        return sql.first(
                "select hard from quota_limit where tenant_id = ? and resource = ?",
                row -> row.number("hard"),
                tenant.value(),
                resource.text());
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
                row.maybeText("hard").map(Long::parseLong),
                row.number("held"));
    }
}
