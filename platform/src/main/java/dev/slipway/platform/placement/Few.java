package dev.slipway.platform.placement;

import java.util.BitSet;
import java.util.Objects;

/** Seeks among few nodes by looking at each: the order that the index has to keep, written out. */
final class Few {
    private Few() {}

    static int seek(Search search, GroupNeeds needs) {
        return seek(search, needs, Objects.requireNonNull(search.terms.few()));
    }

    static int seek(Search search, GroupNeeds needs, BitSet nodes) {
        search.begin(Integer.MAX_VALUE);
        int best = Search.NONE;
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            if (search.takes(node)
                    && search.mayBeAt(search.fleet.siteOf[node], needs)
                    && (best == Search.NONE || compare(search, node, best) < 0)) {
                best = node;
            }
        }
        return best;
    }

    /** Whether a node comes before another: by tier, then by how many of the app are in its domains, then the fullest. */
    private static int compare(Search search, int one, int other) {
        Fleet fleet = search.fleet;
        Terms terms = search.terms;
        int order = Integer.compare(terms.tierOfSite[fleet.siteOf[one]], terms.tierOfSite[fleet.siteOf[other]]);
        if (order == 0 && terms.bySite) {
            order = Integer.compare(
                    search.spread.sites.get(fleet.siteOf[one]), search.spread.sites.get(fleet.siteOf[other]));
        }
        if (order == 0 && terms.byRack) {
            order = Integer.compare(
                    search.spread.racks.get(fleet.rackOf[one]), search.spread.racks.get(fleet.rackOf[other]));
        }
        if (order == 0 && terms.byNode) {
            order = Integer.compare(search.spread.nodes.get(one), search.spread.nodes.get(other));
        }
        if (order == 0) {
            order = Double.compare(
                    fleet.dominantShare(other, search.cpuMillis, search.memoryBytes),
                    fleet.dominantShare(one, search.cpuMillis, search.memoryBytes));
        }
        return order;
    }
}
