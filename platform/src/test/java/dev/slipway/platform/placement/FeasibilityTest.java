package dev.slipway.platform.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeasibilityTest {
    private static final List<Offer> NODES = List.of(node("dc-a", "a1", "ssd"), node("dc-b", "b1", "hdd"));

    private static Offer node(String site, String name, String disk) {
        // Full: room is no part of the question.
        return new Offer(site, name, 0, 0, 4000, 1 << 30, Map.of("disk", disk), Set.of());
    }

    private static void refused(Policy policy, int wanted, String... words) {
        assertThat(Feasibility.objection(policy, NODES, wanted).orElse("nothing"))
                .contains(words);
    }

    @Test
    void whatCanHoldIsNotRefused() {
        Policy policy = Policy.PACK
                .withSpread(Domain.values())
                .withPrefer("dc-a")
                .withStandby("dc-b")
                .withAtLeastSites(2)
                .withPerNode(1);
        assertThat(Feasibility.objection(policy, NODES, 2)).isEmpty();
    }

    @Test
    void aSiteThatIsNotThere() {
        refused(Policy.PACK.withPrefer("dc-x"), 1, "dc-x", "dc-a, dc-b");
    }

    @Test
    void aConstraintThatNoNodeMeets() {
        refused(Policy.PACK.withConstraints(Constraint.parse("disk=tape")), 1, "disk=tape", "disk=hdd,ssd");
        refused(Policy.PACK.withConstraints(Constraint.parse("gpu=yes")), 1, "None has the attribute gpu");
    }

    @Test
    void constraintsThatNoNodeMeetsTogether() {
        refused(
                Policy.PACK.withConstraints(Constraint.parse("disk=ssd"), Constraint.parse("site=dc-b")),
                1,
                "no node meets all");
    }

    @Test
    void moreSitesThanThereAre() {
        refused(Policy.PACK.withAtLeastSites(3), 1, "only 2");
        refused(Policy.PACK.withAtLeastSites(2).withConstraints(Constraint.parse("disk=ssd")), 1, "only 1");
        refused(Policy.PACK.withAtLeastSites(2).withTogether("core"), 1, "together at one site");
    }

    @Test
    void moreInstancesThanNodesTake() {
        refused(Policy.PACK.withPerNode(2), 5, "take 4 of the 5");
    }
}
