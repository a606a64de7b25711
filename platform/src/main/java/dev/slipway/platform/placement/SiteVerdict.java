package dev.slipway.platform.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why one site could not take a demand. Each node is counted once, by the first of these that holds.
 *
 * @param excluded why no node of it was looked at; the numbers are 0 then
 * @param nodes how many nodes it offers
 * @param unmet nodes that do not meet the constraints
 * @param crowded nodes that have as many of the app as they may have
 * @param apart nodes that have an app which must be on another node
 * @param portsTaken nodes on which a wanted port is in use
 * @param full nodes that could have it but for their room
 * @param largestCpu largest free thousandths of a core among the full ones
 * @param largestMemory largest free bytes among the full ones
 */
public record SiteVerdict(
        String site,
        Optional<String> excluded,
        int nodes,
        int unmet,
        int crowded,
        int apart,
        int portsTaken,
        int full,
        long largestCpu,
        long largestMemory) {

    static SiteVerdict excluded(String site, String why) {
        return new SiteVerdict(site, Optional.of(why), 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static SiteVerdict of(Search search, int site, int from, int to) {
        Fleet fleet = search.fleet;
        int nodes = 0;
        int unmet = 0;
        int crowded = 0;
        int apart = 0;
        int ports = 0;
        int full = 0;
        long cpu = 0;
        long memory = 0;
        for (int node = from; node < to; node++) {
            if (fleet.siteOf[node] != site) {
                continue;
            }
            nodes++;
            if (!search.terms.meets(node)) {
                unmet++;
            } else if (search.crowded(node)) {
                crowded++;
            } else if (search.kept(node)) {
                apart++;
            } else if (search.portsTaken(node)) {
                ports++;
            } else {
                full++;
                cpu = Math.max(cpu, fleet.freeCpu[node]);
                memory = Math.max(memory, fleet.freeMemory[node]);
            }
        }
        return new SiteVerdict(
                fleet.sites.get(site), Optional.empty(), nodes, unmet, crowded, apart, ports, full, cpu, memory);
    }

    /** The verdict as a part of a sentence, for example {@code dc-a largest free is 300 MB and 500 thousandths}. */
    String text(Demand demand) {
        if (excluded.isPresent()) {
            return site + " " + excluded.get();
        }
        List<String> parts = new ArrayList<>();
        if (full > 0) {
            parts.add("largest free is " + (largestMemory >> 20) + " MB and " + largestCpu + " thousandths"
                    + (full < nodes ? " on the " + count(full) + " that could have it" : ""));
        }
        if (unmet > 0) {
            parts.add(count(unmet) + (unmet == 1 ? " does" : " do") + " not meet "
                    + String.join(
                            " and ",
                            demand.policy().constraints().stream()
                                    .map(Constraint::toString)
                                    .toList()));
        }
        if (crowded > 0) {
            parts.add(count(crowded) + (crowded == 1 ? " has " : " have ")
                    + demand.policy().perNode() + " of it already");
        }
        if (apart > 0) {
            parts.add(count(apart) + (apart == 1 ? " has " : " have ") + "an app it must be apart from");
        }
        if (portsTaken > 0) {
            parts.add("port " + demand.ports() + " is taken on " + count(portsTaken));
        }
        return site + " " + String.join(", ", parts);
    }

    private static String count(int nodes) {
        return nodes == 1 ? "1 node" : nodes + " nodes";
    }
}
