package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.build.Build;
import dev.slipway.tenancy.quota.Amounts;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.ReservationKey;
import dev.slipway.tenancy.quota.ReservationOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What a build takes of its tenant's: a place while it runs, and minutes of the month, begun ones counted whole. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class BuildQuota {
    private final QuotaLedger ledger;
    private final AppSettingsStore settings;
    private final Clock clock;

    BuildQuota(QuotaLedger ledger, AppSettingsStore settings, Clock clock) {
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /** Reserves the place and the first minute. */
    ReservationOutcome reserve(Build build) {
        AppSettings app = settings.get(build.app());
        return ledger.reserve(
                app.tenant(),
                app.id(),
                key(build),
                Amounts.of(QuotaResource.CONCURRENT_BUILDS, 1).and(QuotaResource.BUILD_MINUTES, 1));
    }

    /** Gives the place back and charges the minutes it took; a build whose app is gone is charged no more. */
    void settle(Build build) {
        build.startedAt()
                .ifPresent(start -> settings.find(build.app())
                        .ifPresent(app -> ledger.hold(
                                app.tenant(),
                                Optional.of(app.id()),
                                key(build),
                                QuotaResource.BUILD_MINUTES,
                                Duration.between(start, clock.instant()).toMinutes() + 1)));
        ledger.release(key(build));
    }

    private static ReservationKey key(Build build) {
        return ReservationKey.build(build.id().value());
    }
}
