package dev.slipway.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class TenantsTest {
    @Inject
    World world;

    @Inject
    Tenants tenants;

    @Inject
    Accounts accounts;

    @Inject
    AuditLog audit;

    @Test
    void anOperatorCreatesATenantAndOwnsIt() {
        Principal.Person operator = world.operator();
        TenantName name = TenantName.of("by-" + operator.name());
        Tenant tenant = tenants.create(operator, name);

        assertThat(tenants.find(name)).contains(tenant);
        assertThat(tenants.byId(tenant.id())).contains(tenant);
        assertThat(tenants.list()).contains(tenant);
        assertThat(tenants.members(name)).singleElement().satisfies(member -> {
            assertThat(member.person()).isEqualTo(operator.id());
            assertThat(member.role()).isEqualTo(Role.OWNER);
        });
        assertThatThrownBy(() -> tenants.create(operator, name))
                .isInstanceOf(NameTakenException.class)
                .hasMessage("There is a tenant " + name + " already: choose another name.");
        assertThatThrownBy(() -> tenants.create(operator, TenantName.of("slipway")))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> tenants.create(world.person(), TenantName.of("not-mine")))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void creatingOneNameAtOnceGivesOneTenantAndSentences() throws Exception {
        List<Object> answers = atOnce(10, () -> tenants.create(World.PLATFORM, TenantName.of("same-name")));

        assertThat(answers).filteredOn(Tenant.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(NameTakenException.class::isInstance).hasSize(9);
    }

    @Test
    void membersComeChangeAndGo() {
        Tenant tenant = world.tenant();
        Principal.Person owner = world.member(tenant, Role.OWNER);
        Account newcomer = world.account();

        tenants.addMember(owner, tenant.name(), newcomer.name(), Role.VIEWER);
        tenants.addMember(owner, tenant.name(), newcomer.name(), Role.DEVELOPER);
        assertThat(tenants.of(newcomer.id())).extracting(Member::role).containsExactly(Role.DEVELOPER);
        tenants.removeMember(owner, tenant.name(), newcomer.name());
        tenants.removeMember(owner, tenant.name(), newcomer.name());
        assertThat(tenants.of(newcomer.id())).isEmpty();

        assertThat(audit.search(AuditQuery.newest(4).withTenant(tenant.name())).entries())
                .extracting(AuditRecord::action)
                .containsExactly("member.remove", "member.remove", "member.add", "member.add");
        assertThatThrownBy(() -> tenants.addMember(owner, tenant.name(), PersonName.parse("nobody"), Role.VIEWER))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> tenants.addMember(owner, tenant.name(), newcomer.name(), Role.OPERATOR))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> tenants.addMember(newcomer.principal(), tenant.name(), newcomer.name(), Role.OWNER))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("There is no tenant " + tenant.name());
    }

    @Test
    void twoOwnersWhoLeaveAtOnceLeaveOneBehind() throws Exception {
        Tenant tenant = world.tenant();
        Principal.Person one = world.member(tenant, Role.OWNER);
        Principal.Person two = world.member(tenant, Role.OWNER);
        List<Principal.Person> owners = List.of(one, two);
        int[] next = {0};
        List<Object> answers = atOnce(2, () -> {
            Principal.Person owner;
            synchronized (owners) {
                owner = owners.get(next[0]++);
            }
            tenants.removeMember(World.PLATFORM, tenant.name(), PersonName.parse(owner.name()));
            return "gone";
        });

        assertThat(answers).filteredOn(NotPossibleException.class::isInstance).hasSize(1);
        assertThat(tenants.members(tenant.name())).hasSize(1);
        Principal.Person left =
                new Principal.Person(tenants.members(tenant.name()).getFirst().person(), "left", false);
        PersonName name = accounts.byId(left.id()).orElseThrow().name();
        assertThatThrownBy(() -> tenants.addMember(World.PLATFORM, tenant.name(), name, Role.VIEWER))
                .isInstanceOf(NotPossibleException.class)
                .hasMessage("The last owner of " + tenant.name() + " has to stay: add another first.");
    }

    @Test
    void accountsAreMadeByOperatorsWithGoodPasswords() {
        PersonName name = PersonName.parse("fresh-face");
        assertThatThrownBy(() -> accounts.create(world.person(), name, Optional.empty(), true))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> accounts.create(World.PLATFORM, name, Optional.of("short"), false))
                .isInstanceOf(InvalidNameException.class)
                .hasMessage("A password has 10 to 1000 characters; this one has 5.");
        accounts.create(World.PLATFORM, name, Optional.empty(), false);
        assertThatThrownBy(() -> accounts.create(World.PLATFORM, name, Optional.empty(), false))
                .isInstanceOf(NameTakenException.class);
        Principal.Person other = world.person();
        assertThatThrownBy(() -> accounts.setPassword(
                        other, accounts.find(name).orElseThrow().id(), "a long enough one"))
                .isInstanceOf(DeniedException.class);
    }

    private static List<Object> atOnce(int threads, Callable<Object> work) throws Exception {
        Callable<Object> guarded = () -> {
            try {
                return work.call();
            } catch (RefusalException e) {
                return e;
            }
        };
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Object>> futures = pool.invokeAll(Collections.nCopies(threads, guarded));
            return futures.stream().map(Future::resultNow).toList();
        }
    }
}
