package dev.slipway.platform.placement;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A policy, worked out for one fleet: which nodes meet its constraints, and in which order its sites are filled. */
final class Terms {
    /** Where so few nodes are left that each can be looked at. */
    private static final int FEW = 64;

    final Policy policy;
    final int[] tierOfSite;
    final boolean bySite;
    final boolean byRack;
    final boolean byNode;

    private final @Nullable BitSet meeting;
    private final boolean few;

    Terms(Policy policy, Fleet fleet) {
        this.policy = policy;
        bySite = policy.spread().contains(Domain.SITE);
        byRack = policy.spread().contains(Domain.RACK);
        byNode = policy.spread().contains(Domain.NODE);
        tierOfSite = fleet.sites.stream().mapToInt(policy::tier).toArray();
        meeting = policy.constraints().isEmpty() ? null : fleet.meeting(policy.constraints());
        few = meeting != null && meeting.cardinality() <= Math.max(FEW, fleet.size() / FEW);
    }

    boolean meets(int node) {
        return meeting == null || meeting.get(node);
    }

    /** The nodes that meet the constraints if they are few, else nothing. */
    @Nullable
    BitSet few() {
        return few ? meeting : null;
    }
}
