package dev.slipway.platform.placement;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One instance that wants room.
 *
 * @param name what people call it, {@code web.1}
 * @param app what its like are counted by when they are spread or kept apart
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes
 * @param policy where it may and should be
 * @param priority the higher is placed first, and may take the room of a lower one's surge
 * @param ports ports of the node that it needs for itself
 * @param volume the node that has its volume
 */
public record Demand(
        String name,
        String app,
        long cpuMillis,
        long memoryBytes,
        Policy policy,
        int priority,
        Set<Integer> ports,
        Optional<Spot> volume) {
    public Demand {
        if (cpuMillis < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException("An instance cannot want less than nothing: cpuMillis=" + cpuMillis
                    + " memoryBytes=" + memoryBytes);
        }
        ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
    }

    /** An instance of an app of its own that goes anywhere. */
    public Demand(String name, long cpuMillis, long memoryBytes) {
        this(name, name, cpuMillis, memoryBytes, Policy.PACK);
    }

    public Demand(String name, String app, long cpuMillis, long memoryBytes, Policy policy) {
        this(name, app, cpuMillis, memoryBytes, policy, 0, Set.of(), Optional.empty());
    }
}
