package dev.slipway.platform.placement;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says at once what can never hold, however much room there is. */
public final class Feasibility {
    private Feasibility() {}

    /**
     * @param nodes every node there is, whatever is free of it
     * @param wanted how many instances of the app are wanted
     * @return a sentence, or empty when the policy can hold
     */
    public static Optional<String> objection(Policy policy, List<Offer> nodes, int wanted) {
        Set<String> sites = nodes.stream().map(Offer::site).collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>(policy.prefer());
        named.addAll(policy.standby());
        named.removeAll(sites);
        if (!named.isEmpty()) {
            return Optional.of("There is no site " + String.join(", ", named) + " with a node; there are "
                    + String.join(", ", sites) + ".");
        }
        for (Constraint constraint : policy.constraints()) {
            if (nodes.stream().noneMatch(constraint::holds)) {
                return Optional.of("No node of any site meets " + constraint + "." + values(constraint, nodes));
            }
        }
        List<Offer> meeting = nodes.stream()
                .filter(node -> policy.constraints().stream().allMatch(constraint -> constraint.holds(node)))
                .toList();
        if (meeting.isEmpty() && !nodes.isEmpty()) {
            return Optional.of("Each constraint is met by some node, but no node meets all of them.");
        }
        long places = meeting.stream().map(Offer::site).distinct().count();
        if (policy.atLeastSites() > places) {
            return Optional.of("It should be at " + policy.atLeastSites() + " sites at least, and only " + places
                    + " have a node that meets its constraints.");
        }
        if (policy.together().isPresent() && policy.atLeastSites() > 1) {
            return Optional.of(
                    "What is together at one site cannot be at " + policy.atLeastSites() + " sites at least.");
        }
        if (policy.perNode() > 0 && (long) policy.perNode() * meeting.size() < wanted) {
            return Optional.of("With " + policy.perNode() + " on a node at most, the " + meeting.size()
                    + " nodes that meet its constraints take " + (long) policy.perNode() * meeting.size() + " of the "
                    + wanted + " instances that are wanted.");
        }
        return Optional.empty();
    }

    private static String values(Constraint constraint, List<Offer> nodes) {
        Set<String> values = new TreeSet<>();
        for (Offer node : nodes) {
            String value = node.attribute(constraint.attribute());
            if (value != null) {
                values.add(value);
            }
        }
        return values.isEmpty()
                ? " None has the attribute " + constraint.attribute() + "."
                : " There is " + constraint.attribute() + "=" + String.join(",", values) + ".";
    }
}
