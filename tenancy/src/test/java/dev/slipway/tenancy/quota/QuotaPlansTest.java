package dev.slipway.tenancy.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.QuotaRequests.QuotaRequest;
import dev.slipway.tenancy.quota.ReservationOutcome.Refused;
import dev.slipway.tenancy.quota.ReservationOutcome.Reserved;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.trial.TrialClock;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class QuotaPlansTest {
    @Inject
    World world;

    @Inject
    QuotaLedger ledger;

    @Inject
    QuotaPlans plans;

    @Inject
    QuotaRequests requests;

    @Inject
    AuditLog audit;

    @Inject
    TrialClock clock;

    @Test
    void theTenantsOwnLimitGoesBeforeThePlansAndThatBeforeTheDefault() {
        Tenant tenant = world.tenant();
        String plan = "plan-" + tenant.name();
        plans.define(World.PLATFORM, plan, Map.of(QuotaResource.INSTANCES, 3L, QuotaResource.SERVICES, 0L));
        plans.give(World.PLATFORM, tenant.name(), Optional.of(plan));

        assertThat(ledger.limit(tenant.id(), QuotaResource.INSTANCES)).isEqualTo(3);
        assertThat(ledger.limit(tenant.id(), QuotaResource.APPS)).isEqualTo(QuotaResource.APPS.usual());
        assertThat(reserve(tenant, QuotaResource.INSTANCES, 4)).isInstanceOf(Refused.class);
        assertThat(reserve(tenant, QuotaResource.INSTANCES, 3)).isInstanceOf(Reserved.class);

        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.INSTANCES, 5);
        assertThat(reserve(tenant, QuotaResource.INSTANCES, 2)).isInstanceOf(Reserved.class);
        ledger.clearLimit(World.PLATFORM, tenant.name(), QuotaResource.INSTANCES);
        plans.define(World.PLATFORM, plan, Map.of(QuotaResource.INSTANCES, 6L));
        assertThat(reserve(tenant, QuotaResource.INSTANCES, 1))
                .as("a changed plan holds at once")
                .isInstanceOf(Reserved.class);

        assertThat(plans.of(tenant.name())).contains(plan);
        assertThatThrownBy(() -> plans.remove(World.PLATFORM, plan)).isInstanceOf(NotPossibleException.class);
        plans.give(World.PLATFORM, tenant.name(), Optional.empty());
        plans.remove(World.PLATFORM, plan);
        assertThat(plans.list()).extracting(QuotaPlans.Plan::name).doesNotContain(plan);
    }

    @Test
    void onlyOperatorsDefineAndGivePlans() {
        Tenant tenant = world.tenant();
        Principal owner = world.member(tenant, Role.OWNER);
        assertThatThrownBy(() -> plans.define(owner, "big", Map.of())).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> plans.give(owner, tenant.name(), Optional.empty()))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> plans.give(World.PLATFORM, tenant.name(), Optional.of("no-such")))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> plans.define(World.PLATFORM, "Not A Name", Map.of()))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> plans.define(World.PLATFORM, "minus", Map.of(QuotaResource.APPS, -1L)))
                .isInstanceOf(InvalidNameException.class);
    }

    @Test
    void anAppsShareHoldsWithinItsTenantAndLeavesOthersAlone() {
        Tenant tenant = world.tenant();
        App small = world.app(tenant);
        App other = world.app(tenant);
        Principal owner = world.member(tenant, Role.OWNER);
        ledger.setAppLimit(owner, small.ref(), QuotaResource.CPU_MILLIS, Optional.of(300L));

        assertThat(reserve(tenant, small, QuotaResource.CPU_MILLIS, 200)).isInstanceOf(Reserved.class);
        assertThat(reserve(tenant, small, QuotaResource.CPU_MILLIS, 200))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.limit()).isEqualTo(300);
                    assertThat(refused.used()).isEqualTo(200);
                    assertThat(refused.sentence()).contains("The app's share", "an owner of " + tenant.name());
                });
        assertThat(reserve(tenant, other, QuotaResource.CPU_MILLIS, 2_000)).isInstanceOf(Reserved.class);
        assertThat(ledger.limit(tenant.id(), small.id(), QuotaResource.CPU_MILLIS))
                .isEqualTo(300);

        ledger.setAppLimit(owner, small.ref(), QuotaResource.CPU_MILLIS, Optional.empty());
        assertThat(reserve(tenant, small, QuotaResource.CPU_MILLIS, 200)).isInstanceOf(Reserved.class);
        assertThatThrownBy(() -> ledger.setAppLimit(
                        world.member(tenant, Role.DEVELOPER), small.ref(), QuotaResource.CPU_MILLIS, Optional.of(1L)))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void whatCountsByTheMonthStaysUsedUntilTheMonthEnds() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.BUILD_MINUTES, 10);
        ReservationKey build = ReservationKey.build(UUID.randomUUID());
        ledger.reserve(
                tenant.id(),
                app.id(),
                build,
                Amounts.of(QuotaResource.BUILD_MINUTES, 1).and(QuotaResource.CONCURRENT_BUILDS, 1));
        ledger.hold(tenant.id(), Optional.of(app.id()), build, QuotaResource.BUILD_MINUTES, 12);
        ledger.release(build);

        assertThat(used(tenant, QuotaResource.CONCURRENT_BUILDS)).isZero();
        assertThat(used(tenant, QuotaResource.BUILD_MINUTES)).isEqualTo(12);
        assertThat(reserve(tenant, app, QuotaResource.BUILD_MINUTES, 1)).isInstanceOf(Refused.class);

        clock.pass(Duration.ofDays(32));
        assertThat(used(tenant, QuotaResource.BUILD_MINUTES)).isZero();
        assertThat(reserve(tenant, app, QuotaResource.BUILD_MINUTES, 10)).isInstanceOf(Reserved.class);
        assertThat(reserve(tenant, app, QuotaResource.BUILD_MINUTES, 1)).isInstanceOf(Refused.class);
    }

    @Test
    void aTenantIsToldOnceEachTimeThatLittleIsLeft() {
        Tenant tenant = world.tenant();
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.INSTANCES, 10);
        ReservationKey key = ReservationKey.instance(UUID.randomUUID());
        reserve(tenant, key, 7);
        assertThat(notices(tenant)).isEmpty();
        reserve(tenant, key, 8);
        reserve(tenant, key, 9);
        assertThat(notices(tenant)).containsExactly("8 of 10");
        reserve(tenant, key, 2);
        reserve(tenant, key, 10);
        assertThat(notices(tenant)).containsExactly("10 of 10", "8 of 10");

        ledger.setSoft(World.PLATFORM, tenant.name(), QuotaResource.INSTANCES, 3);
        assertThat(ledger.usage(tenant.id()))
                .filteredOn(usage -> usage.resource() == QuotaResource.INSTANCES)
                .containsExactly(new Usage(QuotaResource.INSTANCES, 10, 10, true, 3))
                .allMatch(Usage::near);
    }

    @Test
    void aTenantAsksAnOperatorDecidesAndTheLimitFollows() {
        Tenant tenant = world.tenant();
        Principal developer = world.member(tenant, Role.DEVELOPER);
        Principal operator = world.operator();
        requests.ask(developer, tenant.name(), QuotaResource.APPS, 60, "a new team");
        QuotaRequest request = requests.ask(developer, tenant.name(), QuotaResource.APPS, 70, "a bigger team");

        assertThat(requests.open())
                .filteredOn(some -> some.tenant().equals(tenant.name()))
                .as("asking again changes the open one")
                .containsExactly(request);
        assertThatThrownBy(() -> requests.decide(world.member(tenant, Role.OWNER), request.id(), true))
                .isInstanceOf(DeniedException.class);
        QuotaRequest decided = requests.decide(operator, request.id(), true);
        assertThat(decided.granted()).contains(true);
        assertThat(ledger.limit(tenant.id(), QuotaResource.APPS)).isEqualTo(70);
        assertThatThrownBy(() -> requests.decide(operator, request.id(), false))
                .isInstanceOf(NotPossibleException.class);
        assertThatThrownBy(() -> requests.ask(developer, tenant.name(), QuotaResource.APPS, 70, "more"))
                .isInstanceOf(NotPossibleException.class)
                .hasMessageContaining("may use 70 of apps already");
        assertThatThrownBy(() ->
                        requests.ask(world.member(tenant, Role.VIEWER), tenant.name(), QuotaResource.APPS, 99, "x"))
                .isInstanceOf(DeniedException.class);
        assertThat(requests.of(tenant.name())).containsExactly(decided);
    }

    private List<String> notices(Tenant tenant) {
        return audit
                .search(AuditQuery.newest(50).withTenant(tenant.name()).withAction("quota.notice"))
                .entries()
                .stream()
                .map(entry ->
                        entry.details().get("amount") + " of " + entry.details().get("limit"))
                .toList();
    }

    private ReservationOutcome reserve(Tenant tenant, QuotaResource resource, long amount) {
        return ledger.reserve(
                tenant.id(),
                Optional.empty(),
                ReservationKey.instance(UUID.randomUUID()),
                Amounts.of(resource, amount));
    }

    private ReservationOutcome reserve(Tenant tenant, App app, QuotaResource resource, long amount) {
        return ledger.reserve(
                tenant.id(), app.id(), ReservationKey.instance(UUID.randomUUID()), Amounts.of(resource, amount));
    }

    private void reserve(Tenant tenant, ReservationKey key, long instances) {
        ledger.reserve(tenant.id(), Optional.empty(), key, Amounts.of(QuotaResource.INSTANCES, instances))
                .orThrow();
    }

    private long used(Tenant tenant, QuotaResource resource) {
        return ledger.usage(tenant.id()).stream()
                .filter(usage -> usage.resource() == resource)
                .mapToLong(Usage::used)
                .sum();
    }
}
