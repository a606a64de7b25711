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
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The roles that a tenant defines beside owner, developer and viewer, each a list of permissions. Reads do not ask. */
@ApplicationScoped
public class TenantRoles {
    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9]|-(?!-)){0,28}[a-z0-9]|[a-z]");

    private final Sql sql;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;

    TenantRoles(Sql sql, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.sql = sql;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A role of a tenant's own.
     *
     * @param people how many hold it, in the tenant or on an app
     */
    public record OwnRole(String name, Set<Permission> permissions, long people) {
        public OwnRole {
            permissions = Set.copyOf(permissions);
        }
    }

    /** A tenant's own roles, by name. */
    public List<OwnRole> list(TenantName tenant) {
        return sql.query(
                "select r.name, r.permissions, (select count(distinct g.person_id) from role_grant g"
                        + " where g.tenant_id = r.tenant_id and g.role = r.name) as people from tenant_role r"
                        + " join tenant t on t.id = r.tenant_id where t.name = ? order by r.name",
                row -> new OwnRole(
                        row.text("name"), permissions(row.text("name"), row.text("permissions")), row.number("people")),
                tenant.value());
    }

    /**
     * Defines a role, or changes it for all who hold it.
     *
     * @throws dev.slipway.tenancy.access.DeniedException if the actor may not
     * @throws InvalidNameException for a name that cannot be one, and for permissions that stay with owners
     */
    @Transactional
    public void define(Principal actor, TenantName tenant, String name, Collection<Permission> permissions) {
        UUID id = enter(actor, tenant);
        boolean taken =
                Arrays.stream(Role.values()).anyMatch(role -> role.text().equals(name));
        if (taken || !NAME.matcher(name).matches()) {
            throw new InvalidNameException(
                    "role",
                    name,
                    taken
                            ? "The role " + name + " is the same in every tenant: choose another name."
                            : "A role's name has 1 to 30 of a-z, 0-9 and single hyphens, and begins with a letter.");
        }
        Set<Permission> beyond = new TreeSet<>(permissions);
        beyond.removeAll(Role.forOwnRoles());
        if (permissions.isEmpty() || !beyond.isEmpty()) {
            throw new InvalidNameException(
                    "permission",
                    text(beyond),
                    (permissions.isEmpty()
                                    ? "A role holds at least one permission"
                                    : "No role can hold " + text(beyond))
                            + ": choose from " + text(Role.forOwnRoles()) + ".");
        }
        sql.update(
                "insert into tenant_role (tenant_id, name, permissions, set_at, set_by) values (?, ?, ?, ?, ?)"
                        + " on conflict (tenant_id, name) do update set permissions = excluded.permissions,"
                        + " set_at = excluded.set_at, set_by = excluded.set_by",
                id,
                name,
                text(permissions),
                clock.instant(),
                actor.label());
        audit.append(AuditEntry.done(
                actor.label(),
                "role.define",
                AuditSubject.tenant(tenant),
                Map.of(AuditField.ROLE, name, AuditField.PERMISSION, text(permissions))));
    }

    /**
     * Removes a role.
     *
     * @throws NotPossibleException while people hold it
     */
    @Transactional
    public void remove(Principal actor, TenantName tenant, String name) {
        UUID id = enter(actor, tenant);
        OwnRole role = find(tenant, name).orElseThrow(() -> unknown(tenant, name));
        if (role.people() > 0) {
            throw new NotPossibleException(
                    "role", name, role.people() + " people hold the role " + name + ": take it from them first.");
        }
        sql.update("delete from tenant_role where tenant_id = ? and name = ?", id, name);
        audit.append(AuditEntry.done(
                actor.label(), "role.remove", AuditSubject.tenant(tenant), Map.of(AuditField.ROLE, name)));
    }

    /** A tenant's own role of that name. */
    Optional<OwnRole> find(TenantName tenant, String name) {
        return list(tenant).stream().filter(role -> role.name().equals(name)).findFirst();
    }

    static UnknownNameException unknown(TenantName tenant, String name) {
        return new UnknownNameException(
                "role",
                name,
                "There is no role " + name + " in " + tenant + ": roles lists them, roles:define makes one.");
    }

    /** The tenant, locked, so that a role is not given while it is removed. */
    private UUID enter(Principal actor, TenantName tenant) {
        authorizer.require(actor, Permission.TENANT_MEMBERS, Subject.of(tenant));
        return sql.first("select id from tenant where name = ? for update", row -> row.uuid("id"), tenant.value())
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()));
    }

    /** What a role may do: by the table if it is every tenant's, else by the stored names that are still given out. */
    static Set<Permission> permissions(String role, String stored) {
        return Arrays.stream(Role.values())
                .filter(some -> some.ofMembers() && some.text().equals(role))
                .findFirst()
                .map(Role::permissions)
                .orElseGet(() -> {
                    Set<Permission> held = EnumSet.noneOf(Permission.class);
                    Set<String> names = Set.of(stored.split(" "));
                    Role.forOwnRoles().stream()
                            .filter(permission -> names.contains(permission.text()))
                            .forEach(held::add);
                    return held;
                });
    }

    private static String text(Collection<Permission> permissions) {
        return permissions.stream().sorted().distinct().map(Permission::text).collect(Collectors.joining(" "));
    }
}
