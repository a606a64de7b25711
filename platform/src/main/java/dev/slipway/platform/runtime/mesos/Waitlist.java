package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Launches that wait for an offer, in the order they came, by role. */
final class Waitlist {
    private final Map<String, Map<InstanceId, Demand>> byRole = new TreeMap<>();
    private final Map<InstanceId, Demand> all = new LinkedHashMap<>();

    /** Whether it did not wait before. */
    boolean add(Demand demand) {
        if (all.putIfAbsent(demand.id(), demand) != null) {
            return false;
        }
        byRole.computeIfAbsent(demand.role(), role -> new LinkedHashMap<>()).put(demand.id(), demand);
        return true;
    }

    @Nullable
    Demand remove(InstanceId id) {
        Demand demand = all.remove(id);
        if (demand != null) {
            Map<InstanceId, Demand> others = byRole.getOrDefault(demand.role(), Map.of());
            others.remove(id);
            if (others.isEmpty()) {
                byRole.remove(demand.role());
            }
        }
        return demand;
    }

    int size() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether somebody of this role waits. */
    boolean wants(String role) {
        return byRole.containsKey(role);
    }

    /** Roles of those who wait. */
    Set<String> roles() {
        return new TreeSet<>(byRole.keySet());
    }

    List<Demand> of(String role) {
        return List.copyOf(byRole.getOrDefault(role, Map.of()).values());
    }

    /** Whoever has waited long enough. */
    List<Demand> overdue(Instant now) {
        List<Demand> overdue = new ArrayList<>();
        for (Demand demand : all.values()) {
            if (!demand.deadline().isAfter(now)) {
                overdue.add(demand);
            }
        }
        return overdue;
    }
}
