package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.instance.Instance;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.quota.Amounts;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.ReservationKey;
import dev.slipway.tenancy.quota.ReservationOutcome;
import dev.slipway.tenancy.quota.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Charges a tenant for the slots of its apps' formations. A slot is charged once, also while a deployment runs its old
 * and its new instance side by side: what a tenant may use is a matter of its formations, not of how often it deploys.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class SlotQuota {
    private final SlotRepository slots;
    private final QuotaLedger ledger;

    SlotQuota(SlotRepository slots, QuotaLedger ledger) {
        this.slots = slots;
        this.ledger = ledger;
    }

    /** Reserves a slot, or adjusts its reservation to the limits; gives the reason when that is refused. */
    Optional<String> reserve(AppSettings app, Desire.Slot slot, ProcessLimits limits) {
        SlotEntity entity = slots.find(
                        "appId = ?1 and process = ?2 and slot = ?3", app.id().value(), slot.process(), slot.slot())
                .firstResult();
        if (entity == null) {
            entity = new SlotEntity();
            entity.id = UUID.randomUUID();
            entity.appId = app.id().value();
            entity.process = slot.process();
            entity.slot = slot.slot();
            slots.persistAndFlush(entity);
        }
        ReservationOutcome outcome = ledger.reserve(
                app.tenant(),
                app.id(),
                ReservationKey.instance(entity.id),
                Amounts.of(Resources.instance(limits.cpuMillis(), limits.memoryBytes())));
        return outcome instanceof ReservationOutcome.Refused refused
                ? Optional.of(refused.sentence())
                : Optional.empty();
    }

    /** Gives back the slots that are neither wanted nor taken by an instance that has not ended. */
    void releaseAllBut(AppId app, Collection<Desire.Slot> wanted, List<Instance> unended) {
        Set<Desire.Slot> keep = new HashSet<>(wanted);
        unended.forEach(instance -> keep.add(new Desire.Slot(instance.process(), instance.slot())));
        for (SlotEntity entity : slots.list("appId", app.value())) {
            if (!keep.contains(new Desire.Slot(entity.process, entity.slot))) {
                ledger.release(ReservationKey.instance(entity.id));
                slots.delete(entity);
            }
        }
    }
}
