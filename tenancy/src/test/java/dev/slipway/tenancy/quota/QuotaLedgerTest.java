package dev.slipway.tenancy.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.quota.ReservationOutcome.Refused;
import dev.slipway.tenancy.quota.ReservationOutcome.Reserved;
import dev.slipway.tenancy.store.Sql;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class QuotaLedgerTest {
    private static final long MB = 1L << 20;

    @Inject
    World world;

    @Inject
    QuotaLedger ledger;

    @Inject
    Sql sql;

    @Test
    void hundredThreadsNeverExceedALimitNorLeak() throws Exception {
        Tenant tenant = world.tenant();
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.INSTANCES, 17);
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.MEMORY_BYTES, 17 * 64 * MB);
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicLong refusals = new AtomicLong();
        ConcurrentLinkedQueue<ReservationKey> kept = new ConcurrentLinkedQueue<>();
        Amounts instance = Amounts.of(Resources.instance(10, 64 * MB));
        try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
            List<Future<?>> work = IntStream.range(0, 100)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        Random random = new Random(thread);
                        for (int round = 0; round < 10; round++) {
                            ReservationKey key = ReservationKey.instance(UUID.randomUUID());
                            if (ledger.reserve(tenant.id(), Optional.empty(), key, instance) instanceof Refused) {
                                refusals.incrementAndGet();
                                continue;
                            }
                            most.accumulateAndGet(held.incrementAndGet(), Math::max);
                            if (random.nextInt(50) == 0) {
                                kept.add(key);
                                continue;
                            }
                            held.decrementAndGet();
                            ledger.release(key);
                            ledger.release(key);
                        }
                    }))
                    .toList();
            for (Future<?> thread : work) {
                thread.get();
            }
        }
        assertThat(most.get()).isBetween(1L, 17L);
        assertThat(used(tenant.id(), QuotaResource.INSTANCES))
                .isEqualTo(kept.size())
                .isLessThanOrEqualTo(17);
        assertThat(used(tenant.id(), QuotaResource.MEMORY_BYTES)).isEqualTo(kept.size() * 64 * MB);
        assertLedgerAddsUp(tenant.id());
        kept.forEach(ledger::release);
        assertThat(used(tenant.id(), QuotaResource.INSTANCES)).isZero();
        assertThat(used(tenant.id(), QuotaResource.MEMORY_BYTES)).isZero();
    }

    @Test
    void hundredThreadsThatKeepGetExactlyTheLimit() throws Exception {
        Tenant tenant = world.tenant();
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.CONCURRENT_BUILDS, 7);
        try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
            List<Future<ReservationOutcome>> work = IntStream.range(0, 100)
                    .mapToObj(thread -> threads.submit(() -> ledger.reserve(
                            tenant.id(),
                            Optional.empty(),
                            ReservationKey.build(UUID.randomUUID()),
                            Amounts.of(QuotaResource.CONCURRENT_BUILDS, 1))))
                    .toList();
            int reserved = 0;
            for (Future<ReservationOutcome> outcome : work) {
                reserved += outcome.get() instanceof Reserved ? 1 : 0;
            }
            assertThat(reserved).isEqualTo(7);
        }
        assertThat(used(tenant.id(), QuotaResource.CONCURRENT_BUILDS)).isEqualTo(7);
    }

    @Test
    void oneKeyCountsOnceAndMovesByTheDifference() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        ReservationKey key = ReservationKey.instance(UUID.randomUUID());

        reserve(tenant, app, key, 100);
        reserve(tenant, app, key, 100);
        assertThat(used(tenant.id(), QuotaResource.CPU_MILLIS)).isEqualTo(100);
        reserve(tenant, app, key, 300);
        assertThat(used(tenant.id(), QuotaResource.CPU_MILLIS)).isEqualTo(300);
        reserve(tenant, app, key, 50);
        assertThat(used(tenant.id(), QuotaResource.CPU_MILLIS)).isEqualTo(50);
        reserve(tenant, app, key, 0);
        assertThat(used(tenant.id(), QuotaResource.CPU_MILLIS)).isZero();
        assertLedgerAddsUp(tenant.id());
    }

    @Test
    void aRefusalHoldsNothingAndSaysWhatByWhomAndWayOut() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.MEMORY_BYTES, 512 * MB);
        ledger.reserve(
                tenant.id(),
                app.id(),
                ReservationKey.instance(UUID.randomUUID()),
                Amounts.of(Resources.instance(250, 300 * MB)));

        ReservationOutcome outcome = ledger.reserve(
                tenant.id(),
                app.id(),
                ReservationKey.instance(UUID.randomUUID()),
                Amounts.of(Resources.instance(250, 256 * MB)));

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.resource()).isEqualTo(QuotaResource.MEMORY_BYTES);
            assertThat(refused.limit()).isEqualTo(512 * MB);
            assertThat(refused.used()).isEqualTo(300 * MB);
            assertThat(refused.asked()).isEqualTo(256 * MB);
            assertThat(refused.sentence())
                    .isEqualTo("The quota of " + tenant.name() + " for memory is 512 MB; 300 MB is in use ("
                            + app.ref().app() + " 300 MB) and 256 MB more was asked for. To make room, scale down"
                            + " (ps:scale) or lower limits (resources:limit); a platform operator can raise it:"
                            + " quotas:set -t " + tenant.name() + " memory_bytes=" + 556 * MB + ". To ask for that:"
                            + " quotas:request -t " + tenant.name() + " memory_bytes=" + 556 * MB + ".");
        });
        assertThat(used(tenant.id(), QuotaResource.INSTANCES)).isEqualTo(1);
        assertThat(used(tenant.id(), QuotaResource.CPU_MILLIS)).isEqualTo(250);
    }

    @Test
    void aLimitBelowWhatIsHeldRefusesMoreAndLetsGo() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        ReservationKey key = ReservationKey.instance(UUID.randomUUID());
        reserve(tenant, app, key, 400);
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.CPU_MILLIS, 100);

        assertThat(reserve(tenant, app, key, 401)).isInstanceOf(Refused.class);
        assertThat(reserve(tenant, app, key, 399)).isInstanceOf(Reserved.class);
        ledger.release(key);
        assertThat(used(tenant.id(), QuotaResource.CPU_MILLIS)).isZero();
        ledger.clearLimit(World.PLATFORM, tenant.name(), QuotaResource.CPU_MILLIS);
        assertThat(reserve(tenant, app, key, 8_000)).isInstanceOf(Reserved.class);
    }

    @Test
    void aReservationLivesAndDiesWithTheCallersTransaction() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        QuarkusTransaction.begin();
        reserve(tenant, app, ReservationKey.instance(UUID.randomUUID()), 100);
        QuarkusTransaction.rollback();

        assertThat(used(tenant.id(), QuotaResource.CPU_MILLIS)).isZero();
        assertLedgerAddsUp(tenant.id());
    }

    @Test
    void onlyOperatorsRaiseLimits() {
        Tenant tenant = world.tenant();

        assertThatThrownBy(() ->
                        ledger.setLimit(world.member(tenant, Role.OWNER), tenant.name(), QuotaResource.APPS, 1_000))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("it takes operator");
        ledger.setLimit(world.operator(), tenant.name(), QuotaResource.APPS, 1_000);
        assertThat(ledger.usage(tenant.id())).contains(new Usage(QuotaResource.APPS, 0, 1_000, true, 800));
        assertThatThrownBy(() -> ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.APPS, -1))
                .isInstanceOf(InvalidNameException.class);
    }

    @Test
    void ratesAreCeilingsThatNobodyHolds() {
        Tenant tenant = world.tenant();
        assertThatThrownBy(() -> ledger.reserve(
                        tenant.id(),
                        Optional.empty(),
                        ReservationKey.app(UUID.randomUUID()),
                        Amounts.of(QuotaResource.REQUESTS_PER_SECOND, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("requests_per_second");
        assertThat(ledger.limit(tenant.id(), QuotaResource.REQUESTS_PER_SECOND)).isEqualTo(1_000);
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.REQUESTS_PER_SECOND, 7);
        assertThat(ledger.limit(tenant.id(), QuotaResource.REQUESTS_PER_SECOND)).isEqualTo(7);
        assertThat(QuotaResource.EGRESS_BYTES_PER_SECOND.unit().tell(5L << 20)).isEqualTo("5 MB/s");
    }

    @Test
    void settingsReplaceDefaultsAndAnUnknownResourceStopsTheStart() {
        assertThat(new QuotaDefaults(settings("memory-bytes")).of(QuotaResource.MEMORY_BYTES))
                .isEqualTo(5);
        assertThatThrownBy(() -> new QuotaDefaults(settings("memry-bytes")))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageContaining("There is no resource \"memry-bytes\"");
    }

    private static QuotaSettings settings(String resource) {
        return new QuotaSettings() {
            @Override
            public Map<String, Long> defaults() {
                return Map.of(resource, 5L);
            }

            @Override
            public int softPercent() {
                return 80;
            }
        };
    }

    private ReservationOutcome reserve(Tenant tenant, App app, ReservationKey key, long cpuMillis) {
        return ledger.reserve(tenant.id(), app.id(), key, Amounts.of(QuotaResource.CPU_MILLIS, cpuMillis));
    }

    private long used(TenantId tenant, QuotaResource resource) {
        return ledger.usage(tenant).stream()
                .filter(usage -> usage.resource() == resource)
                .mapToLong(Usage::used)
                .sum();
    }

    private void assertLedgerAddsUp(TenantId tenant) {
        assertThat(sql.query(
                        "select u.resource from quota_usage u where u.tenant_id = ? and u.used <> (select"
                                + " coalesce(sum(r.amount), 0) from quota_reservation r"
                                + " where r.tenant_id = u.tenant_id and r.resource = u.resource)",
                        row -> row.text("resource"),
                        tenant.value()))
                .isEmpty();
    }
}
