package dev.slipway.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a tenant's own roles and roles on single apps open, and when they end. Who may what is in RoleMatrixTest. */
@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class RoleGrantsTest {
    @Inject
    World world;

    @Inject
    Tenants tenants;

    @Inject
    Apps apps;

    @Inject
    TenantRoles roles;

    @Inject
    RoleGrants grants;

    @Inject
    Authorizer authorizer;

    @Inject
    AuditLog audit;

    private boolean may(Account who, Permission permission, App app) {
        return authorizer
                .decide(who.principal(), permission, Subject.of(app.ref()))
                .allowed();
    }

    @Test
    void aGuestSeesTheTenantOfTheAppAndAmongManyAppsThatOne() {
        Tenant tenant = world.tenant();
        App shop = world.app(tenant);
        App other = world.app(tenant);
        Account guest = world.account();
        grants.give(world.member(tenant, Role.OWNER), shop.ref(), guest.name(), "viewer");

        assertThat(tenants.visibleTo(guest.id())).containsExactly(tenant.name());
        assertThat(authorizer.allowed(guest.principal(), Permission.APP_VIEW, List.of(shop, other), App::ref))
                .containsExactly(shop);
        assertThat(grants.list(tenant.name()))
                .extracting(RoleGrants.RoleGrant::person, RoleGrants.RoleGrant::role)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(guest.name(), "viewer"));
    }

    @Test
    void whatIsGivenOnAnAppDoesNotPassToAnotherOfItsName() {
        Tenant tenant = world.tenant();
        App shop = world.app(tenant);
        Account guest = world.account();
        grants.give(World.PLATFORM, shop.ref(), guest.name(), "developer");
        assertThat(may(guest, Permission.APP_DEPLOY, shop)).isTrue();

        apps.destroy(World.PLATFORM, shop.ref());
        apps.create(World.PLATFORM, shop.ref());
        assertThat(may(guest, Permission.APP_VIEW, shop)).isFalse();
        assertThat(tenants.visibleTo(guest.id())).isEmpty();
        assertThat(grants.list(tenant.name())).isEmpty();
    }

    @Test
    void aChangedRoleChangesForAllWhoHoldItAtTheNextDoor() {
        Tenant tenant = world.tenant();
        App shop = world.app(tenant);
        Principal.Person owner = world.member(tenant, Role.OWNER);
        Account person = world.account();
        roles.define(owner, tenant.name(), "tuner", Set.of(Permission.APP_VIEW, Permission.APP_SCALE));
        grants.give(owner, tenant.name(), person.name(), "tuner");
        assertThat(may(person, Permission.APP_SCALE, shop)).isTrue();

        roles.define(owner, tenant.name(), "tuner", Set.of(Permission.APP_VIEW));
        assertThat(may(person, Permission.APP_SCALE, shop)).isFalse();
        assertThatThrownBy(() -> authorizer.require(person.principal(), Permission.APP_SCALE, Subject.of(shop.ref())))
                .hasMessage("As tuner you may not use app-scale: it takes operator or owner or developer.");
        assertThatThrownBy(() -> roles.remove(owner, tenant.name(), "tuner"))
                .isInstanceOf(NotPossibleException.class)
                .hasMessageContaining("1 people hold the role tuner");

        grants.take(owner, tenant.name(), person.name());
        grants.take(owner, tenant.name(), person.name());
        roles.remove(owner, tenant.name(), "tuner");
        assertThat(may(person, Permission.APP_VIEW, shop)).isFalse();
        assertThat(audit.search(AuditQuery.newest(3).withTenant(tenant.name())).entries())
                .extracting(AuditRecord::action)
                .containsExactly("role.remove", "role.take", "role.take");
    }

    @Test
    void whoLeavesATenantLeavesAllRolesInIt() {
        Tenant tenant = world.tenant();
        App shop = world.app(tenant);
        Principal.Person owner = world.member(tenant, Role.OWNER);
        Account person = world.account();
        tenants.addMember(owner, tenant.name(), person.name(), Role.VIEWER);
        grants.give(owner, shop.ref(), person.name(), "developer");

        tenants.removeMember(owner, tenant.name(), person.name());
        assertThat(may(person, Permission.APP_VIEW, shop)).isFalse();
    }

    @Test
    void noRoleLeadsToMoreThanItSays() {
        Tenant tenant = world.tenant();
        Principal.Person owner = world.member(tenant, Role.OWNER);
        for (Permission beyond : List.of(
                Permission.TENANT_MEMBERS,
                Permission.TENANT_TOKENS,
                Permission.TENANT_QUOTAS_WRITE,
                Permission.PLATFORM_VIEW,
                Permission.ACCOUNT_WRITE)) {
            assertThatThrownBy(() -> roles.define(owner, tenant.name(), "trick", Set.of(Permission.APP_VIEW, beyond)))
                    .isInstanceOf(InvalidNameException.class)
                    .hasMessageStartingWith("No role can hold " + beyond.text());
        }
        for (String name : List.of("owner", "operator", "self", "Big", "a--b", "")) {
            assertThatThrownBy(() -> roles.define(owner, tenant.name(), name, Set.of(Permission.APP_VIEW)))
                    .isInstanceOf(InvalidNameException.class);
        }
        assertThatThrownBy(() -> roles.define(owner, tenant.name(), "empty", Set.of()))
                .isInstanceOf(InvalidNameException.class);
    }

    @Test
    void onlyOwnersGiveAndOnlyRolesThatThereAre() {
        Tenant tenant = world.tenant();
        App shop = world.app(tenant);
        Account person = world.account();
        Principal.Person developer = world.member(tenant, Role.DEVELOPER);
        assertThatThrownBy(() -> grants.give(developer, shop.ref(), person.name(), "viewer"))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> roles.define(developer, tenant.name(), "mine", Set.of(Permission.APP_VIEW)))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> grants.give(World.PLATFORM, shop.ref(), person.name(), "owner"))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> grants.give(World.PLATFORM, tenant.name(), person.name(), "developer"))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageContaining("member of the whole tenant");
        assertThatThrownBy(() -> grants.give(World.PLATFORM, tenant.name(), person.name(), "operator"))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> grants.give(World.PLATFORM, shop.ref(), person.name(), "self"))
                .isInstanceOf(UnknownNameException.class);
    }
}
