package dev.slipway.platform.command;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.tenant.RoleGrants;
import dev.slipway.tenancy.tenant.RoleGrants.RoleGrant;
import dev.slipway.tenancy.tenant.TenantRoles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The roles there are in a tenant, its own among them, and who holds which beside a membership. */
@ApplicationScoped
public class RoleCommands {
    private final Authorizer authorizer;
    private final TenantRoles roles;
    private final RoleGrants grants;

    RoleCommands(Authorizer authorizer, TenantRoles roles, RoleGrants grants) {
        this.authorizer = authorizer;
        this.roles = roles;
        this.grants = grants;
    }

    /**
     * A role.
     *
     * @param own whether the tenant defined it
     * @param people how many hold it beside a membership; zero for those of every tenant
     */
    public record RoleFacts(String name, boolean own, List<String> permissions, long people) {}

    /**
     * A role that somebody holds beside a membership.
     *
     * @param app the one app it is about; without it the whole tenant
     */
    public record GrantFacts(String person, String role, Optional<String> app, boolean disabled, Instant since) {}

    /** Those of every tenant first, then the tenant's own by name. */
    public List<RoleFacts> roles(Principal principal, TenantName tenant) {
        authorizer.require(principal, Permission.TENANT_VIEW, Subject.of(tenant));
        List<RoleFacts> all = new ArrayList<>();
        for (Role role : List.of(Role.OWNER, Role.DEVELOPER, Role.VIEWER)) {
            all.add(new RoleFacts(role.text(), false, texts(role.permissions()), 0));
        }
        roles.list(tenant)
                .forEach(role -> all.add(new RoleFacts(role.name(), true, texts(role.permissions()), role.people())));
        return all;
    }

    /** What a tenant's own role can hold. */
    public static List<String> choices() {
        return texts(Role.forOwnRoles());
    }

    /** Defines a role, or changes it for all who hold it. */
    public void define(Principal principal, TenantName tenant, String name, Collection<Permission> permissions) {
        roles.define(principal, tenant, name, Set.copyOf(permissions));
    }

    /** Removes a role that nobody holds. */
    public void remove(Principal principal, TenantName tenant, String name) {
        roles.remove(principal, tenant, name);
    }

    /** Who holds a role beside a membership, in the whole tenant or on one of its apps. */
    public List<GrantFacts> grants(Principal principal, TenantName tenant) {
        authorizer.require(principal, Permission.TENANT_VIEW, Subject.of(tenant));
        return grants.list(tenant).stream().map(RoleCommands::facts).toList();
    }

    public void give(Principal principal, TenantName tenant, PersonName person, String role) {
        grants.give(principal, tenant, person, role);
    }

    public void give(Principal principal, AppRef app, PersonName person, String role) {
        grants.give(principal, app, person, role);
    }

    public void take(Principal principal, TenantName tenant, PersonName person) {
        grants.take(principal, tenant, person);
    }

    public void take(Principal principal, AppRef app, PersonName person) {
        grants.take(principal, app, person);
    }

    private static GrantFacts facts(RoleGrant grant) {
        return new GrantFacts(
                grant.person().value(), grant.role(), grant.app().map(AppName::value), grant.disabled(), grant.since());
    }

    private static List<String> texts(Collection<Permission> permissions) {
        return Stream.of(Permission.values())
                .filter(permissions::contains)
                .map(Permission::text)
                .toList();
    }
}
