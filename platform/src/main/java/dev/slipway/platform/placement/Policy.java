package dev.slipway.platform.placement;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where the instances of an app may and should be. What must hold is never given up; spreading and preferring are kept as
 * far as there is room.
 *
 * @param spread domains over which instances are spread evenly, as far as there is room; the larger counts first
 * @param prefer sites in the order in which they are filled
 * @param standby sites that are used only when no other has room
 * @param atLeastSites sites over which the first instances must be spread, 0 and 1 for any
 * @param perNode most instances of the app on one node, 0 for any number
 * @param constraints all of which the node must meet
 * @param apart apps none of which may be on the same node
 * @param together name of a group of which everything is at one site
 */
public record Policy(
        Set<Domain> spread,
        List<String> prefer,
        Set<String> standby,
        int atLeastSites,
        int perNode,
        List<Constraint> constraints,
        Set<String> apart,
        Optional<String> together) {
    /** Packs, wherever there is room. */
    public static final Policy PACK =
            new Policy(Set.of(), List.of(), Set.of(), 0, 0, List.of(), Set.of(), Optional.empty());

    public Policy {
        EnumSet<Domain> domains = EnumSet.noneOf(Domain.class);
        domains.addAll(spread);
        spread = Collections.unmodifiableSet(domains);
        prefer = List.copyOf(prefer);
        standby = sorted(standby);
        constraints = List.copyOf(constraints);
        apart = sorted(apart);
        if (atLeastSites < 0 || perNode < 0) {
            throw new IllegalArgumentException("A number of sites or instances cannot be negative: at-least-sites="
                    + atLeastSites + " per-node=" + perNode);
        }
        for (String site : prefer) {
            if (standby.contains(site)) {
                throw new IllegalArgumentException("Site " + site + " is preferred and standby; it can be one of both");
            }
        }
    }

    private static SortedSet<String> sorted(Set<String> names) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    public Policy withSpread(Domain... domains) {
        return new Policy(Set.of(domains), prefer, standby, atLeastSites, perNode, constraints, apart, together);
    }

    public Policy withPrefer(String... sites) {
        return new Policy(spread, List.of(sites), standby, atLeastSites, perNode, constraints, apart, together);
    }

    public Policy withStandby(String... sites) {
        return new Policy(spread, prefer, Set.of(sites), atLeastSites, perNode, constraints, apart, together);
    }

    public Policy withAtLeastSites(int sites) {
        return new Policy(spread, prefer, standby, sites, perNode, constraints, apart, together);
    }

    public Policy withPerNode(int most) {
        return new Policy(spread, prefer, standby, atLeastSites, most, constraints, apart, together);
    }

    public Policy withConstraints(Constraint... all) {
        return new Policy(spread, prefer, standby, atLeastSites, perNode, List.of(all), apart, together);
    }

    public Policy withApart(String... apps) {
        return new Policy(spread, prefer, standby, atLeastSites, perNode, constraints, Set.of(apps), together);
    }

    public Policy withTogether(String group) {
        return new Policy(spread, prefer, standby, atLeastSites, perNode, constraints, apart, Optional.of(group));
    }

    /** In which order a site is filled: preferred ones first, standby ones last. */
    int tier(String site) {
        if (standby.contains(site)) {
            return prefer.size() + 1;
        }
        int place = prefer.indexOf(site);
        return place < 0 ? prefer.size() : place;
    }
}
