package dev.slipway.platform.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides where instances go. Pure and deterministic: equal input gives equal output, whatever the order of the offers.
 * Packs by dominant share (Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4): of the nodes that the policy
 * puts first, a demand goes to the one it fills most. The higher priority is placed first.
 */
public final class Placement {
    private final Fleet fleet;
    private final Surge surge;
    private final GroupNeeds needs;
    private final Map<Policy, Terms> terms = new HashMap<>();
    private Policy lastPolicy = Policy.PACK;
    private Terms lastTerms;
    private final long[] ranks;

    private Placement(List<Demand> demands, List<Offer> offers, List<Resident> residents) {
        boolean byRack =
                demands.stream().anyMatch(demand -> demand.policy().spread().contains(Domain.RACK));
        fleet = new Fleet(offers, residents, byRack);
        ranks = new long[fleet.shards.size()];
        surge = new Surge(residents, fleet);
        needs = new GroupNeeds(demands);
        lastTerms = new Terms(lastPolicy, fleet);
    }

    /**
     * A node chosen for a demand.
     *
     * @param preempted surge of lower priorities that has to end first
     */
    public record Assignment(Demand demand, String site, String node, List<Resident> preempted) {
        public Assignment {
            preempted = List.copyOf(preempted);
        }
    }

    /**
     * A demand that found no room.
     *
     * @param verdicts why, site by site
     */
    public record Refusal(Demand demand, List<SiteVerdict> verdicts) {
        public Refusal {
            verdicts = List.copyOf(verdicts);
        }

        /** Why, as a sentence's end. */
        public String reason() {
            String wanted =
                    "needs " + (demand.memoryBytes() >> 20) + " MB and " + demand.cpuMillis() + " thousandths of a cpu";
            return verdicts.isEmpty()
                    ? wanted + ", and no node offers room"
                    : wanted + ": "
                            + String.join(
                                    "; ",
                                    verdicts.stream()
                                            .map(verdict -> verdict.text(demand))
                                            .toList());
        }
    }

    /** What became of the demands, each list in their order. */
    public record Result(List<Assignment> assignments, List<Refusal> refusals) {
        public Result {
            assignments = List.copyOf(assignments);
            refusals = List.copyOf(refusals);
        }
    }

    public static Result place(List<Demand> demands, List<Offer> offers) {
        return place(demands, offers, List.of());
    }

    /**
     * @param residents who is there already; what they use is not in the offers
     * @throws IllegalArgumentException if a node is offered twice
     */
    public static Result place(List<Demand> demands, List<Offer> offers, List<Resident> residents) {
        return new Placement(demands, offers, residents).run(demands);
    }

    private Result run(List<Demand> demands) {
        Integer[] order = IntStream.range(0, demands.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparing(i -> -(long) demands.get(i).priority()));
        Object[] outcomes = new Object[demands.size()];
        for (int i : order) {
            outcomes[i] = one(demands.get(i));
        }
        List<Assignment> assignments = new ArrayList<>(demands.size());
        List<Refusal> refusals = new ArrayList<>();
        for (Object outcome : outcomes) {
            if (outcome instanceof Assignment assignment) {
                assignments.add(assignment);
            } else {
                refusals.add((Refusal) outcome);
            }
        }
        return new Result(assignments, refusals);
    }

    private Object one(Demand demand) {
        Search search = new Search(fleet, demand, terms(demand.policy()));
        int node = seek(search);
        List<Resident> preempted = List.of();
        if (node == Search.NONE) {
            search.begin(Integer.MAX_VALUE);
            Optional<Surge.Eviction> eviction = surge.make(search, needs);
            if (eviction.isEmpty()) {
                return new Refusal(demand, verdicts(search));
            }
            node = eviction.get().node();
            preempted = eviction.get().evicted();
        }
        fleet.take(node, demand, search.spread);
        Offer at = fleet.offers.get(node);
        return new Assignment(demand, at.site(), at.node(), preempted);
    }

    private Terms terms(Policy policy) {
        if (policy != lastPolicy) {
            lastTerms = terms.computeIfAbsent(policy, key -> new Terms(key, fleet));
            lastPolicy = policy;
        }
        return lastTerms;
    }

    private int seek(Search search) {
        Optional<Spot> volume = search.demand.volume();
        if (volume.isPresent()) {
            int node = fleet.number(volume.get());
            return node >= 0 && search.takes(node) && search.mayBeAt(fleet.siteOf[node], needs) ? node : Search.NONE;
        }
        return search.terms.few() != null ? Few.seek(search, needs) : byShards(search);
    }

    /** Goes through the sites and racks in the order the policy wants, those that are alike together. */
    private int byShards(Search search) {
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = rank(search, fleet.shards.get(i));
        }
        long done = -1;
        while (true) {
            long next = Long.MAX_VALUE;
            for (long rank : ranks) {
                next = rank > done && rank < next ? rank : next;
            }
            if (next == Long.MAX_VALUE) {
                return Search.NONE;
            }
            int node = among(search, next);
            if (node != Search.NONE) {
                return node;
            }
            done = next;
        }
    }

    private static long rank(Search search, Fleet.Shard shard) {
        Terms terms = search.terms;
        return (long) terms.tierOfSite[shard.site()] << 48
                | (terms.bySite ? (long) search.spread.sites.get(shard.site()) : 0) << 24
                | (terms.byRack ? search.spread.racks.get(shard.rack()) : 0);
    }

    private int among(Search search, long rank) {
        int most = search.terms.byNode ? 1 : search.mostPerNode();
        int last = search.terms.byNode ? highest(search) : most;
        for (int perNode = most; ; perNode++) {
            search.begin(perNode);
            for (int i = 0; i < ranks.length; i++) {
                Fleet.Shard shard = fleet.shards.get(i);
                if (ranks[i] == rank && search.mayBeAt(shard.site(), needs)) {
                    for (NodeGrid grid : shard.grids()) {
                        grid.find(search);
                    }
                }
            }
            if (search.best() != Search.NONE || perNode >= last) {
                return search.best();
            }
        }
    }

    /** No node has more of the app than this, so that allowing more than one beyond it changes nothing. */
    private static int highest(Search search) {
        return (int) Math.min(search.mostPerNode(), search.spread.most() + 1L);
    }

    private List<SiteVerdict> verdicts(Search search) {
        List<SiteVerdict> verdicts = new ArrayList<>();
        for (int site = 0; site < fleet.sites.size(); site++) {
            verdicts.add(verdict(search, site));
        }
        return verdicts;
    }

    private SiteVerdict verdict(Search search, int site) {
        String name = fleet.sites.get(site);
        Optional<Spot> volume = search.demand.volume();
        if (volume.isPresent() && !volume.get().site().equals(name)) {
            return SiteVerdict.excluded(name, "does not have its volume, which is on " + volume.get());
        }
        if (search.sitesMissing(site)) {
            return SiteVerdict.excluded(
                    name,
                    "has one already, and it has to be at "
                            + search.demand.policy().atLeastSites() + " sites at least");
        }
        if (search.elsewhere(site, needs)) {
            String group = search.demand.policy().together().orElseThrow();
            return SiteVerdict.excluded(
                    name,
                    fleet.group(group).positive() > 0
                            ? "is not where the others of " + group + " are"
                            : "has not the room for all of " + group + " together");
        }
        if (volume.isPresent()) {
            int node = fleet.number(volume.get());
            if (node < 0) {
                return SiteVerdict.excluded(
                        name, "has its volume on " + volume.get() + ", which takes no instances now");
            }
            return SiteVerdict.of(search, site, node, node + 1);
        }
        return SiteVerdict.of(search, site, 0, fleet.size());
    }
}
