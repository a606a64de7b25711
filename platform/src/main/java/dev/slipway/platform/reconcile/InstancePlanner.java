package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Demand;
import dev.slipway.platform.placement.Placement;
import dev.slipway.platform.placement.Policy;
import dev.slipway.platform.placement.Resident;
import dev.slipway.platform.release.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reserves quota, finds room and writes the intents, all in the caller's transaction. */
@ApplicationScoped
public class InstancePlanner {
    private final Instances instances;
    private final Capacity capacity;
    private final Policies policies;
    private final SlotQuota quota;
    private final Clock clock;

    InstancePlanner(Instances instances, Capacity capacity, Policies policies, SlotQuota quota, Clock clock) {
        this.instances = instances;
        this.capacity = capacity;
        this.policies = policies;
        this.quota = quota;
        this.clock = clock;
    }

    /** What became of a plan. */
    public sealed interface Plan {
        /** The rows are written; launching is next. */
        record Intended(List<Instance> instances) implements Plan {}

        /** Nothing is to be launched; the caller rolls its transaction back. */
        record Refused(String sentence) implements Plan {}
    }

    /** Intends one instance for each slot. */
    @Transactional(Transactional.TxType.MANDATORY)
    Plan intend(AppSettings app, ReleaseId release, UUID deployment, List<Desire.Slot> slots) {
        Policy policy = policies.of(app);
        List<Demand> demands = new ArrayList<>();
        for (Desire.Slot slot : slots) {
            ProcessLimits limits = app.limitsOf(slot.process());
            Optional<String> refused = quota.reserve(app, slot, limits);
            if (refused.isPresent()) {
                return new Plan.Refused(refused.get());
            }
            demands.add(demand(app, slot, limits, policy));
        }
        Placement.Result placed =
                Placement.place(demands, capacity.offers(), policies.residents(app, policy, deployment));
        if (!placed.refusals().isEmpty()) {
            Placement.Refusal refusal = placed.refusals().getFirst();
            return new Plan.Refused(
                    "no room for " + refusal.demand().name() + ": it " + refusal.reason()
                            + ". Scale down, lower the limits with resources:limit, add a node, or ask less with placement:set");
        }
        List<Instance> intended = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Desire.Slot slot = slots.get(i);
            Placement.Assignment at = placed.assignments().get(i);
            Optional<Instance> last = instances.newestOf(app.id(), deployment, slot.process(), slot.slot());
            Instant now = clock.instant();
            Instant notBefore =
                    last.map(CrashBackoff::notBefore).filter(now::isBefore).orElse(now);
            intended.add(instances.intend(new Instances.Intent(
                    app.id(),
                    release,
                    deployment,
                    slot.process(),
                    slot.slot(),
                    at.site(),
                    at.node(),
                    at.demand().cpuMillis(),
                    at.demand().memoryBytes(),
                    last.map(CrashBackoff::crashesAfter).orElse(0),
                    notBefore)));
        }
        return new Plan.Intended(intended);
    }

    private static Demand demand(AppSettings app, Desire.Slot slot, ProcessLimits limits, Policy policy) {
        String name = slot.process() + "." + (slot.slot() + 1);
        return new Demand(name, Policies.counted(app), limits.cpuMillis(), limits.memoryBytes(), policy);
    }

    /** Where an instance would go now if it were not where it is; nothing is reserved or written. */
    Placement.Result rehearseWithout(AppSettings app, Instance instance) {
        Policy policy = policies.of(app);
        Desire.Slot slot = new Desire.Slot(instance.process(), instance.slot());
        List<Resident> others = policies.residents(app, policy, instance.deployment()).stream()
                .filter(resident -> !resident.id().equals(instance.id().text()))
                .toList();
        return Placement.place(
                List.of(demand(app, slot, app.limitsOf(slot.process()), policy)), capacity.offers(), others);
    }

    /** Where slots would go now, and why those that would not; nothing is reserved or written. */
    Placement.Result rehearse(AppSettings app, UUID deployment, List<Desire.Slot> slots) {
        Policy policy = policies.of(app);
        return Placement.place(
                slots.stream()
                        .map(slot -> demand(app, slot, app.limitsOf(slot.process()), policy))
                        .toList(),
                capacity.offers(),
                policies.residents(app, policy, deployment));
    }
}
