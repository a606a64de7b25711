package dev.slipway.platform.placement;

import dev.slipway.platform.placement.Fleet.Spread;
import java.util.List;

/** What is sought for one demand, and the best that was found so far. */
final class Search {
    static final int NONE = -1;

    final Fleet fleet;
    final Demand demand;
    final Terms terms;
    final Spread spread;
    final long cpuMillis;
    final long memoryBytes;
    private final List<Spread> apart;
    private int perNode;
    private int best = NONE;
    private double bestShare;

    Search(Fleet fleet, Demand demand, Terms terms) {
        this.fleet = fleet;
        this.demand = demand;
        this.terms = terms;
        this.spread = fleet.spread(demand.app());
        this.cpuMillis = demand.cpuMillis();
        this.memoryBytes = demand.memoryBytes();
        this.apart = demand.policy().apart().isEmpty()
                ? List.of()
                : demand.policy().apart().stream().map(fleet::spread).toList();
        this.perNode = mostPerNode();
    }

    /** Instances of the app a node may have at most, whatever is preferred. */
    int mostPerNode() {
        int most = demand.policy().perNode();
        return most == 0 ? Integer.MAX_VALUE : most;
    }

    /** Begins anew, with at most so many instances of the app on a node. */
    void begin(int most) {
        perNode = Math.min(most, mostPerNode());
        best = NONE;
        bestShare = -1;
    }

    boolean fits(int node) {
        return cpuMillis <= fleet.freeCpu[node] && memoryBytes <= fleet.freeMemory[node];
    }

    boolean crowded(int node) {
        return perNode != Integer.MAX_VALUE && spread.nodes.get(node) >= perNode;
    }

    boolean kept(int node) {
        for (Spread other : apart) {
            if (other.nodes.get(node) > 0) {
                return true;
            }
        }
        return false;
    }

    boolean portsTaken(int node) {
        return !demand.ports().isEmpty() && !fleet.portsFree(node, demand.ports());
    }

    /** Whether the node may have it, were there room. */
    boolean mayHave(int node) {
        return terms.meets(node) && !crowded(node) && !kept(node) && !portsTaken(node);
    }

    boolean takes(int node) {
        return fits(node) && mayHave(node);
    }

    /** Keeps the node if it is fuller than the best; of equal ones the first by name. */
    void offer(int node) {
        double share = fleet.dominantShare(node, cpuMillis, memoryBytes);
        if (best == NONE || share > bestShare || (share == bestShare && node < best)) {
            best = node;
            bestShare = share;
        }
    }

    int best() {
        return best;
    }

    /** Whether a site may have it at all, as far as sites are concerned. */
    boolean mayBeAt(int site, GroupNeeds needs) {
        return !sitesMissing(site) && !elsewhere(site, needs);
    }

    /** Whether it must go to a site that has none of it, and this one has. */
    boolean sitesMissing(int site) {
        int wanted = demand.policy().atLeastSites();
        return wanted > 1 && spread.sites.positive() < wanted && spread.sites.get(site) > 0;
    }

    /** Whether the others of its group are at another site, or would not all find room at this one. */
    boolean elsewhere(int site, GroupNeeds needs) {
        if (demand.policy().together().isEmpty()) {
            return false;
        }
        String group = demand.policy().together().get();
        IntCounts at = fleet.group(group);
        if (at.positive() > 0) {
            return at.get(site) == 0;
        }
        return !needs.fit(group, fleet, site);
    }
}
