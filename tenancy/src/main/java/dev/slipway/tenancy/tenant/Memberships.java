package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code membership}. Changes are made with the tenant locked. */
@ApplicationScoped
class Memberships {
    private static final String MEMBERS = "select t.name as tenant, p.id, p.name, m.role, p.disabled, m.created_at,"
            + " m.source from strongest_membership m join tenant t on t.id = m.tenant_id join person p on p.id = m.person_id ";

    private final Sql sql;

    Memberships(Sql sql) {
        this.sql = sql;
    }

    /** Changes of members of one tenant wait for each other, so that two owners cannot leave at once. */
    void lock(TenantId tenant) {
        sql.query("select id from tenant where id = ? for update", row -> row.uuid("id"), tenant.value());
    }

    void put(TenantId tenant, UserId person, Role role, String source, Instant at) {
        sql.update(
                "insert into membership (tenant_id, person_id, role, source, created_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (tenant_id, person_id, source) do update set role = excluded.role",
                tenant.value(),
                person.value(),
                role.name(),
                source,
                at);
    }

    boolean remove(TenantId tenant, UserId person, String source) {
        return sql.update(
                        "delete from membership where tenant_id = ? and person_id = ? and source = ?",
                        tenant.value(),
                        person.value(),
                        source)
                > 0;
    }

    /** Takes the roles beside a membership. */
    void removeGrants(TenantId tenant, UserId person) {
        sql.update("delete from role_grant where tenant_id = ? and person_id = ?", tenant.value(), person.value());
    }

    List<TenantName> visibleTo(UserId person) {
        return sql.query(
                "select name from tenant where id in (select tenant_id from membership where person_id = ? union"
                        + " select g.tenant_id from role_grant g left join app a on a.id = g.app_id"
                        + " where g.person_id = ? and a.destroyed_at is null) order by name",
                row -> TenantName.of(row.text("name")),
                person.value(),
                person.value());
    }

    /** The tenants where somebody holds a role by one source, with the role. */
    Map<TenantName, Role> by(UserId person, String source) {
        Map<TenantName, Role> roles = new HashMap<>();
        sql.query(
                        "select t.name, m.role from membership m join tenant t on t.id = m.tenant_id"
                                + " where m.person_id = ? and m.source = ?",
                        row -> Map.entry(TenantName.of(row.text("name")), Role.valueOf(row.text("role"))),
                        person.value(),
                        source)
                .forEach(entry -> roles.put(entry.getKey(), entry.getValue()));
        return roles;
    }

    Optional<Role> role(TenantId tenant, UserId person) {
        return sql.first(
                "select role from strongest_membership where tenant_id = ? and person_id = ?",
                row -> Role.valueOf(row.text("role")),
                tenant.value(),
                person.value());
    }

    long owners(TenantId tenant) {
        return sql.first(
                        "select count(*) as n from strongest_membership where tenant_id = ? and role = 'OWNER'",
                        row -> row.number("n"),
                        tenant.value())
                .orElse(0L);
    }

    List<Member> of(TenantId tenant) {
        return sql.query(MEMBERS + "where m.tenant_id = ? order by p.name", Memberships::member, tenant.value());
    }

    List<Member> of(UserId person) {
        return sql.query(MEMBERS + "where m.person_id = ? order by t.name", Memberships::member, person.value());
    }

    private static Member member(Row row) throws SQLException {
        return new Member(
                TenantName.of(row.text("tenant")),
                new UserId(row.uuid("id")),
                new PersonName(row.text("name")),
                Role.valueOf(row.text("role")),
                row.flag("disabled"),
                row.instant("created_at"),
                row.text("source"));
    }
}
