package dev.slipway.platform.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the members of each group want in all, so that a group begins only where all of it can be. */
final class GroupNeeds {
    private record Need(long cpuMillis, long memoryBytes) {
        Need plus(Demand demand) {
            return new Need(cpuMillis + demand.cpuMillis(), memoryBytes + demand.memoryBytes());
        }
    }

    private final Map<String, Need> needs = new HashMap<>();

    GroupNeeds(List<Demand> demands) {
        for (Demand demand : demands) {
            demand.policy()
                    .together()
                    .ifPresent(group -> needs.put(
                            group, needs.getOrDefault(group, new Need(0, 0)).plus(demand)));
        }
    }

    boolean fit(String group, Fleet fleet, int site) {
        Need need = needs.getOrDefault(group, new Need(0, 0));
        return need.cpuMillis() <= fleet.siteCpu[site] && need.memoryBytes() <= fleet.siteMemory[site];
    }
}
