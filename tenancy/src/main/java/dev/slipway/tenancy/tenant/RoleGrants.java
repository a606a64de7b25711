package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Roles that people hold beside a membership: a tenant's own role in all of it, or a role on one app, which opens that app and
 * nothing else of the tenant. Changes ask the {@link Authorizer}; reads do not.
 */
@ApplicationScoped
public class RoleGrants {
    private final Sql sql;
    private final TenantRoles roles;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;

    RoleGrants(Sql sql, TenantRoles roles, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.sql = sql;
        this.roles = roles;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A role that somebody holds.
     *
     * @param app the app it is about; empty for the whole tenant
     */
    public record RoleGrant(PersonName person, String role, Optional<AppName> app, boolean disabled, Instant since) {}

    /** Where a role is given: in a tenant, or on one app of it. */
    private record Place(TenantName tenant, Optional<AppName> app, UUID tenantId, Optional<UUID> appId) {}

    /** All of a tenant: those in the whole of it first, then by app and person. */
    public List<RoleGrant> list(TenantName tenant) {
        return sql.query(
                "select p.name, g.role, a.name as app, p.disabled, g.created_at from role_grant g"
                        + " join tenant t on t.id = g.tenant_id join person p on p.id = g.person_id"
                        + " left join app a on a.id = g.app_id where t.name = ? and a.destroyed_at is null"
                        + " order by a.name nulls first, p.name",
                row -> new RoleGrant(
                        new PersonName(row.text("name")),
                        row.text("role"),
                        row.maybeText("app").map(AppName::of),
                        row.flag("disabled"),
                        row.instant("created_at")),
                tenant.value());
    }

    /**
     * Gives a person a role of the tenant's own in all of it, in place of the one given before.
     *
     * @throws InvalidNameException for the roles that members have
     */
    @Transactional
    public void give(Principal actor, TenantName tenant, PersonName person, String role) {
        Place place = place(actor, tenant, Optional.empty());
        if (roles.find(tenant, role).isEmpty()) {
            boolean membership = role.equals(Role.OWNER.text())
                    || role.equals(Role.DEVELOPER.text())
                    || role.equals(Role.VIEWER.text());
            if (membership) {
                throw new InvalidNameException(
                        "role", role, "As " + role + " a person is a member of the whole tenant: add them as one.");
            }
            throw TenantRoles.unknown(tenant, role);
        }
        put(actor, place, person, role);
    }

    /**
     * Gives a person a role on one app, in place of the one given before.
     *
     * @param role {@code developer}, {@code viewer}, or one of the tenant's own
     */
    @Transactional
    public void give(Principal actor, AppRef app, PersonName person, String role) {
        Place place = place(actor, app.tenant(), Optional.of(app.app()));
        if (role.equals(Role.OWNER.text())) {
            throw new InvalidNameException("role", role, "An app has no owner of its own: give developer or viewer.");
        }
        boolean usual = role.equals(Role.DEVELOPER.text()) || role.equals(Role.VIEWER.text());
        if (!usual && roles.find(app.tenant(), role).isEmpty()) {
            throw TenantRoles.unknown(app.tenant(), role);
        }
        put(actor, place, person, role);
    }

    /** Takes what was given in the whole tenant; nothing happens if there is nothing. */
    @Transactional
    public void take(Principal actor, TenantName tenant, PersonName person) {
        take(actor, place(actor, tenant, Optional.empty()), person);
    }

    /** Takes what was given on one app; nothing happens if there is nothing. */
    @Transactional
    public void take(Principal actor, AppRef app, PersonName person) {
        take(actor, place(actor, app.tenant(), Optional.of(app.app())), person);
    }

    private void put(Principal actor, Place place, PersonName person, String role) {
        sql.update(
                "insert into role_grant (tenant_id, person_id, app_id, role, created_at, created_by)"
                        + " values (?, ?, ?::uuid, ?, ?, ?) on conflict (tenant_id, person_id, app_id)"
                        + " do update set role = excluded.role, created_at = excluded.created_at,"
                        + " created_by = excluded.created_by",
                place.tenantId(),
                person(person),
                place.appId().orElse(null),
                role,
                clock.instant(),
                actor.label());
        record(actor, "role.give", place, person, Map.of(AuditField.ROLE, role));
    }

    private void take(Principal actor, Place place, PersonName person) {
        sql.update(
                "delete from role_grant where tenant_id = ? and person_id = ? and app_id is not distinct from ?::uuid",
                place.tenantId(),
                person(person),
                place.appId().orElse(null));
        record(actor, "role.take", place, person, Map.of());
    }

    private void record(Principal actor, String action, Place place, PersonName person, Map<AuditField, String> more) {
        Map<AuditField, String> details = new HashMap<>(more);
        details.put(AuditField.MEMBER, person.value());
        audit.append(AuditEntry.done(
                actor.label(),
                action,
                place.app()
                        .map(app -> AuditSubject.app(new AppRef(place.tenant(), app)))
                        .orElseGet(() -> AuditSubject.tenant(place.tenant())),
                details));
    }

    /** Locks the tenant, so that no role is removed while it is given. */
    private Place place(Principal actor, TenantName tenant, Optional<AppName> app) {
        authorizer.require(actor, Permission.TENANT_MEMBERS, Subject.of(tenant));
        UUID id = sql.first("select id from tenant where name = ? for update", row -> row.uuid("id"), tenant.value())
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()));
        return new Place(
                tenant,
                app,
                id,
                app.map(name -> sql.first(
                                "select id from app where tenant_id = ? and name = ? and destroyed_at is null",
                                row -> row.uuid("id"),
                                id,
                                name.value())
                        .orElseThrow(() -> {
                            AppRef ref = new AppRef(tenant, name);
                            return new UnknownNameException(
                                    "app", ref.toString(), Subject.of(ref).unknown());
                        })));
    }

    private UUID person(PersonName name) {
        return sql.first("select id from person where name = ?", row -> row.uuid("id"), name.value())
                .orElseThrow(() -> Tenants.noPerson(name));
    }
}
