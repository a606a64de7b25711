package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What should run of an app, set against what does. Pure. */
final class Desire {
    private Desire() {}

    /** One place of the formation. */
    record Slot(String process, int slot) {}

    /**
     * What has to change.
     *
     * @param vacant slots of the live deployment without an instance that is to stay
     * @param surplus instances that belong to nothing that is wanted, and those that leave once their successor is healthy
     */
    record Difference(List<Slot> vacant, List<Instance> surplus) {}

    /** The slots of a release under the app's formation; none while the app is stopped. */
    static List<Slot> slots(AppSettings app, Release release) {
        List<Slot> slots = new ArrayList<>();
        if (app.stopped()) {
            return slots;
        }
        for (ProcessType type : release.processes()) {
            if (type.name().equals(ProcessType.RELEASE)) {
                continue;
            }
            for (int slot = 0; slot < app.wanted(type.name()); slot++) {
                slots.add(new Slot(type.name(), slot));
            }
        }
        return slots;
    }

    /**
     * Compares.
     *
     * @param live the live release, if there is one
     * @param unended the app's instances that have not ended
     * @param inProgress deployments whose instances are their own business
     */
    static Difference compare(AppSettings app, Optional<Release> live, List<Instance> unended, List<UUID> inProgress) {
        List<Slot> order = live.map(release -> slots(app, release)).orElse(List.of());
        Map<Slot, Instance> staying = new HashMap<>();
        List<Instance> leaving = new ArrayList<>();
        List<Instance> surplus = new ArrayList<>();
        for (Instance instance : unended) {
            boolean ofLive = app.liveDeployment().equals(Optional.of(instance.deployment()));
            if (!ofLive && inProgress.contains(instance.deployment())) {
                continue;
            }
            boolean taken =
                    !ofLive || instance.state() instanceof InstanceState.Stopping || !order.contains(slot(instance));
            if (taken || !instance.leaving() && staying.putIfAbsent(slot(instance), instance) != null) {
                surplus.add(instance);
            } else if (instance.leaving()) {
                leaving.add(instance);
            }
        }
        for (Instance instance : leaving) {
            Instance successor = staying.get(slot(instance));
            if (successor != null && successor.state() instanceof InstanceState.Healthy) {
                surplus.add(instance);
            }
        }
        List<Slot> vacant =
                order.stream().filter(slot -> !staying.containsKey(slot)).toList();
        return new Difference(vacant, surplus);
    }

    private static Slot slot(Instance instance) {
        return new Slot(instance.process(), instance.slot());
    }
}
