package dev.slipway.tenancy.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.quota.UsageMeter.DayUse;
import dev.slipway.tenancy.store.Sql;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Usage is what was held times how long, to the millisecond, whatever happens in between. */
@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class UsageMeterTest {
    private static final Instant START = Instant.parse("2026-02-27T21:30:00Z");
    private static final LocalDate FIRST = LocalDate.parse("2026-02-27");
    private static final LocalDate LAST = LocalDate.parse("2026-04-01");

    @Inject
    World world;

    @Inject
    QuotaStore store;

    @Inject
    QuotaDefaults defaults;

    @Inject
    Authorizer authorizer;

    @Inject
    AuditLog audit;

    @Inject
    UsageMeter meter;

    @Inject
    Sql sql;

    private Instant now = START;

    /** The ledger, at times of the test's choosing. */
    private QuotaLedger ledger() {
        return new QuotaLedger(store, defaults, authorizer, audit, () -> now);
    }

    private void reserve(Tenant tenant, Optional<App> app, ReservationKey key, QuotaResource resource, long amount) {
        QuarkusTransaction.requiringNew()
                .run(() -> ledger().hold(tenant.id(), app.map(App::id), key, resource, amount));
    }

    private void release(ReservationKey key) {
        QuarkusTransaction.requiringNew().run(() -> ledger().release(key));
    }

    private Map<String, BigDecimal> read(TenantId tenant, LocalDate from, LocalDate to) {
        Map<String, BigDecimal> found = new HashMap<>();
        for (DayUse use : meter.read(tenant, from, to, now)) {
            found.put(
                    use.day() + " " + use.app().orElse("-") + " " + use.resource(),
                    use.amount().stripTrailingZeros());
        }
        return found;
    }

    @Test
    void whatIsHeldOverMidnightIsSharedBetweenTheDays() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        ReservationKey key = ReservationKey.instance(UUID.randomUUID());
        reserve(tenant, Optional.of(app), key, QuotaResource.CPU_MILLIS, 250);
        now = START.plus(Duration.ofHours(3));
        String name = app.ref().app().value();
        assertThat(read(tenant.id(), FIRST, LAST))
                .as("while it is still held")
                .isEqualTo(Map.of(
                        "2026-02-27 " + name + " CPU_MILLIS", seconds(250, 9_000),
                        "2026-02-28 " + name + " CPU_MILLIS", seconds(250, 1_800)));
        release(key);
        now = now.plus(Duration.ofDays(3));
        assertThat(read(tenant.id(), FIRST, LAST))
                .as("long after it was given back")
                .isEqualTo(Map.of(
                        "2026-02-27 " + name + " CPU_MILLIS", seconds(250, 9_000),
                        "2026-02-28 " + name + " CPU_MILLIS", seconds(250, 1_800)));
        assertThat(read(tenant.id(), FIRST.plusDays(1), LAST)).hasSize(1);
    }

    @Test
    void atEachMomentItIsWhatAModelOfManyRandomStepsSays() {
        Random random = new Random(20260227);
        Tenant tenant = world.tenant();
        List<Optional<App>> holders =
                List.of(Optional.of(world.app(tenant)), Optional.of(world.app(tenant)), Optional.empty());
        List<ReservationKey> keys = new ArrayList<>();
        for (int number = 0; number < 9; number++) {
            keys.add(ReservationKey.blob(UUID.randomUUID()));
        }
        long[] held = new long[keys.size()];
        Map<String, BigDecimal> expected = new HashMap<>();
        for (int step = 0; step < 150; step++) {
            int which = random.nextInt(keys.size());
            Optional<App> holder = holders.get(which % holders.size());
            QuotaResource resource = which % 2 == 0 ? QuotaResource.MEMORY_BYTES : QuotaResource.CPU_MILLIS;
            if (random.nextInt(4) == 0) {
                release(keys.get(which));
                held[which] = 0;
            } else {
                held[which] = 1 + random.nextInt(5_000);
                reserve(tenant, holder, keys.get(which), resource, held[which]);
            }
            Instant next = now.plusMillis(1 + random.nextInt(40_000_000));
            for (int each = 0; each < held.length; each++) {
                add(expected, holders.get(each % holders.size()), each, held[each], now, next);
            }
            now = next;
            if (step % 15 == 0 || step == 149) {
                assertThat(read(tenant.id(), FIRST, LAST.plusYears(1)))
                        .as("after step " + step)
                        .isEqualTo(expected);
            }
        }
        assertThat(sql.query(
                        "select resource, sum(amount) as amount from usage_level where tenant_id = ? group by 1 order by 1",
                        row -> row.text("resource") + " " + row.number("amount"),
                        tenant.id().value()))
                .as("levels and reservations add up to the same")
                .isEqualTo(sql.query(
                        "select l.resource, coalesce((select sum(amount) from quota_reservation r"
                                + " where r.tenant_id = l.tenant_id and r.resource = l.resource), 0) as amount"
                                + " from usage_level l where l.tenant_id = ? group by l.tenant_id, l.resource order by 1",
                        row -> row.text("resource") + " " + row.number("amount"),
                        tenant.id().value()));
    }

    private static void add(
            Map<String, BigDecimal> expected, Optional<App> holder, int which, long amount, Instant from, Instant to) {
        String what = " " + holder.map(app -> app.ref().app().value()).orElse("-") + " "
                + (which % 2 == 0 ? QuotaResource.MEMORY_BYTES : QuotaResource.CPU_MILLIS);
        Instant at = from;
        while (amount > 0 && at.isBefore(to)) {
            Instant midnight = at.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
            Instant end = midnight.isBefore(to) ? midnight : to;
            expected.merge(
                    LocalDate.ofInstant(at, ZoneOffset.UTC) + what,
                    BigDecimal.valueOf(amount)
                            .multiply(
                                    BigDecimal.valueOf(Duration.between(at, end).toMillis(), 3))
                            .stripTrailingZeros(),
                    (one, other) -> one.add(other).stripTrailingZeros());
            at = end;
        }
    }

    @Test
    void whatIsRolledBackWasNotUsed() {
        Tenant tenant = world.tenant();
        ReservationKey key = ReservationKey.blob(UUID.randomUUID());
        reserve(tenant, Optional.empty(), key, QuotaResource.REGISTRY_BYTES, 100);
        now = START.plusSeconds(10);
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    ledger().release(key);
                    throw new IllegalStateException("the power is cut");
                }))
                .hasMessageContaining("the power is cut");
        now = START.plusSeconds(25);
        assertThat(read(tenant.id(), FIRST, LAST)).isEqualTo(Map.of("2026-02-27 - REGISTRY_BYTES", seconds(100, 25)));
    }

    @Test
    void aClockThatGoesBackTakesNothingAway() {
        Tenant tenant = world.tenant();
        ReservationKey key = ReservationKey.blob(UUID.randomUUID());
        reserve(tenant, Optional.empty(), key, QuotaResource.REGISTRY_BYTES, 100);
        now = START.plusSeconds(60);
        reserve(tenant, Optional.empty(), key, QuotaResource.REGISTRY_BYTES, 200);
        now = START.plusSeconds(30);
        release(key);
        now = START.plusSeconds(90);
        assertThat(read(tenant.id(), FIRST, LAST)).isEqualTo(Map.of("2026-02-27 - REGISTRY_BYTES", seconds(100, 60)));
    }

    @Test
    void minutesOfBuildsAreCountedOnTheirDayAndNeverGivenBack() {
        Tenant tenant = world.tenant();
        ReservationKey build = ReservationKey.build(UUID.randomUUID());
        reserve(tenant, Optional.empty(), build, QuotaResource.BUILD_MINUTES, 1);
        now = START.plus(Duration.ofHours(3));
        reserve(tenant, Optional.empty(), build, QuotaResource.BUILD_MINUTES, 7);
        release(build);
        assertThat(read(tenant.id(), FIRST, LAST))
                .isEqualTo(Map.of(
                        "2026-02-27 - BUILD_MINUTES",
                        BigDecimal.ONE,
                        "2026-02-28 - BUILD_MINUTES",
                        BigDecimal.valueOf(6)));
    }

    private static BigDecimal seconds(long amount, long seconds) {
        return BigDecimal.valueOf(amount * seconds).stripTrailingZeros();
    }
}
