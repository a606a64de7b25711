package dev.slipway.platform.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Placement written down as plainly as possible, looking at every node: what the index has to agree with. */
final class Reference {
    private final List<Node> nodes = new ArrayList<>();
    private final List<Demand> all;

    /** A node and what was placed on it. */
    static final class Node {
        final Offer offer;
        final List<Demand> placed = new ArrayList<>();

        Node(Offer offer) {
            this.offer = offer;
        }

        long freeCpu() {
            return offer.cpuMillis()
                    - placed.stream().mapToLong(Demand::cpuMillis).sum();
        }

        long freeMemory() {
            return offer.memoryBytes()
                    - placed.stream().mapToLong(Demand::memoryBytes).sum();
        }

        long of(String app) {
            return placed.stream().filter(demand -> demand.app().equals(app)).count();
        }
    }

    Reference(List<Offer> offers, List<Demand> all) {
        offers.forEach(offer -> nodes.add(new Node(offer)));
        this.all = all;
    }

    Node node(String site, String name) {
        return nodes.stream()
                .filter(node ->
                        node.offer.site().equals(site) && node.offer.node().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Node> at(String site) {
        return nodes.stream().filter(node -> node.offer.site().equals(site)).toList();
    }

    private long ofAt(String app, Predicate<Node> where) {
        return nodes.stream().filter(where).mapToLong(node -> node.of(app)).sum();
    }

    private Set<String> sitesOf(Predicate<Demand> which) {
        return nodes.stream()
                .filter(node -> node.placed.stream().anyMatch(which))
                .map(node -> node.offer.site())
                .collect(Collectors.toSet());
    }

    boolean meets(Node node, Demand demand) {
        return demand.policy().constraints().stream().allMatch(constraint -> constraint.holds(node.offer));
    }

    boolean crowded(Node node, Demand demand) {
        return demand.policy().perNode() > 0
                && node.of(demand.app()) >= demand.policy().perNode();
    }

    boolean apart(Node node, Demand demand) {
        return node.placed.stream().anyMatch(other -> demand.policy().apart().contains(other.app()));
    }

    boolean portsTaken(Node node, Demand demand) {
        return demand.ports().stream()
                .anyMatch(port -> node.offer.takenPorts().contains(port)
                        || node.placed.stream().anyMatch(other -> other.ports().contains(port)));
    }

    boolean fits(Node node, Demand demand) {
        return demand.cpuMillis() <= node.freeCpu() && demand.memoryBytes() <= node.freeMemory();
    }

    /** Whether the policy rules out the whole site. */
    boolean siteRuledOut(String site, Demand demand) {
        Policy policy = demand.policy();
        Set<String> has = sitesOf(other -> other.app().equals(demand.app()));
        if (policy.atLeastSites() > 1 && has.size() < policy.atLeastSites() && has.contains(site)) {
            return true;
        }
        if (demand.volume().isPresent() && !demand.volume().get().site().equals(site)) {
            return true;
        }
        if (policy.together().isPresent()) {
            Set<String> group = sitesOf(other -> other.policy().together().equals(policy.together()));
            if (!group.isEmpty()) {
                return !group.contains(site);
            }
            List<Demand> members = all.stream()
                    .filter(other -> other.policy().together().equals(policy.together()))
                    .toList();
            long cpu = at(site).stream().mapToLong(Node::freeCpu).sum();
            long memory = at(site).stream().mapToLong(Node::freeMemory).sum();
            return members.stream().mapToLong(Demand::cpuMillis).sum() > cpu
                    || members.stream().mapToLong(Demand::memoryBytes).sum() > memory;
        }
        return false;
    }

    boolean possible(Node node, Demand demand) {
        return !siteRuledOut(node.offer.site(), demand)
                && demand.volume().map(node.offer.spot()::equals).orElse(true)
                && meets(node, demand)
                && !crowded(node, demand)
                && !apart(node, demand)
                && !portsTaken(node, demand)
                && fits(node, demand);
    }

    /** What a policy puts nodes in order by; the smaller comes first. */
    List<Long> rank(Node node, Demand demand) {
        Policy policy = demand.policy();
        String site = node.offer.site();
        return List.of(
                (long) policy.tier(site),
                policy.spread().contains(Domain.SITE)
                        ? ofAt(demand.app(), other -> other.offer.site().equals(site))
                        : 0L,
                policy.spread().contains(Domain.RACK)
                        ? ofAt(
                                demand.app(),
                                other -> other.offer.site().equals(site)
                                        && other.offer.rack().equals(node.offer.rack()))
                        : 0L,
                policy.spread().contains(Domain.NODE) ? node.of(demand.app()) : 0L);
    }

    /** The rank of the nodes that come first among the possible ones. */
    Optional<List<Long>> bestRank(Demand demand) {
        return nodes.stream()
                .filter(node -> possible(node, demand))
                .map(node -> rank(node, demand))
                .min(Comparator.<List<Long>>comparingLong(List::getFirst)
                        .thenComparingLong(rank -> rank.get(1))
                        .thenComparingLong(rank -> rank.get(2))
                        .thenComparingLong(rank -> rank.get(3)));
    }
}
