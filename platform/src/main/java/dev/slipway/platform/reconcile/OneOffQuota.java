package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.tenancy.quota.Amounts;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.ReservationKey;
import dev.slipway.tenancy.quota.ReservationOutcome;
import dev.slipway.tenancy.quota.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Charges a tenant for its one-off commands while they run. A row says until when somebody answers for the command; once
 * that is over, whoever started it is gone, and the quota is given back by the leader.
 */
@ApplicationScoped
@Transactional
class OneOffQuota {
    /** How long a command may go without a word from the process that waits for it. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    private final OneOffRepository repository;
    private final QuotaLedger ledger;
    private final Clock clock;

    OneOffQuota(OneOffRepository repository, QuotaLedger ledger, Clock clock) {
        this.repository = repository;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Reserves in the caller's transaction; gives the reason when that is refused. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<String> reserve(AppSettings app, LaunchSpec spec) {
        ReservationOutcome outcome = ledger.reserve(
                app.tenant(),
                app.id(),
                key(spec.id()),
                Amounts.of(Resources.instance(
                        spec.limits().cpuMillis(), spec.limits().memoryBytes())));
        if (outcome instanceof ReservationOutcome.Refused refused) {
            return Optional.of(refused.sentence());
        }
        OneOffEntity entity = new OneOffEntity();
        entity.id = spec.id().value();
        entity.appId = app.id().value();
        entity.aliveUntil = clock.instant().plus(SILENCE);
        repository.persist(entity);
        return Optional.empty();
    }

    /** Gives back what a command held; doing it twice is doing it once. */
    void release(InstanceId id) {
        ledger.release(key(id));
        repository.deleteById(id.value());
    }

    /** Says that somebody still waits for these. */
    void keepAlive(Collection<InstanceId> ids) {
        if (!ids.isEmpty()) {
            Instant until = clock.instant().plus(SILENCE);
            repository.update(
                    "aliveUntil = ?1 where id in ?2",
                    until,
                    ids.stream().map(InstanceId::value).toList());
        }
    }

    /** Those for which nobody answers any more. */
    List<InstanceId> abandoned() {
        return repository.list("aliveUntil < ?1", clock.instant()).stream()
                .map(entity -> new InstanceId(entity.id))
                .toList();
    }

    private static ReservationKey key(InstanceId id) {
        return ReservationKey.oneOff(id.value());
    }
}
