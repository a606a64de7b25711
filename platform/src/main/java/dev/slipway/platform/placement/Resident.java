package dev.slipway.platform.placement;

import java.util.Optional;

/**
 * An instance that has its room already; what it uses is taken from its node's offer.
 *
 * @param id identity
 * @param app what its like are counted by
 * @param priority of its tenant
 * @param surge whether it is beyond what was promised, and may be ended for a higher priority's demand
 * @param group of which everything is at one site
 */
public record Resident(
        String id,
        String app,
        Spot at,
        long cpuMillis,
        long memoryBytes,
        int priority,
        boolean surge,
        Optional<String> group) {}
