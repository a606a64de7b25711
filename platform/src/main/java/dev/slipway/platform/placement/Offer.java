package dev.slipway.platform.placement;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Room on one node.
 *
 * @param cpuMillis free thousandths of a core; below zero when more is promised than there is
 * @param memoryBytes free bytes
 * @param cpuTotal thousandths of a core the node has to give in all
 * @param memoryTotal bytes it has to give in all
 * @param attributes what constraints may ask for; {@code rack} names its rack
 * @param takenPorts ports of the node that are in use
 */
public record Offer(
        String site,
        String node,
        long cpuMillis,
        long memoryBytes,
        long cpuTotal,
        long memoryTotal,
        Map<String, String> attributes,
        Set<Integer> takenPorts) {
    public Offer {
        attributes = Map.copyOf(attributes);
        takenPorts = Set.copyOf(takenPorts);
    }

    public Offer(String site, String node, long cpuMillis, long memoryBytes, long cpuTotal, long memoryTotal) {
        this(site, node, cpuMillis, memoryBytes, cpuTotal, memoryTotal, Map.of(), Set.of());
    }

    /** The same with more room. */
    public Offer plus(long cpuMore, long memoryMore) {
        return new Offer(
                site,
                node,
                cpuMillis + cpuMore,
                memoryBytes + memoryMore,
                cpuTotal,
                memoryTotal,
                attributes,
                takenPorts);
    }

    public Spot spot() {
        return new Spot(site, node);
    }

    /** The node's rack; nodes without one are in one rack together. */
    String rack() {
        return attributes.getOrDefault("rack", "");
    }

    /** What constraints see: the attributes, and the names of the site and the node. */
    @Nullable
    String attribute(String name) {
        return switch (name) {
            case "site" -> site;
            case "node" -> node;
            default -> attributes.get(name);
        };
    }
}
