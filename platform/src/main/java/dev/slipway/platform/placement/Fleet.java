package dev.slipway.platform.placement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes by number, in the order of their names, with what is free of each, and who is where. */
final class Fleet {
    final List<Offer> offers;
    final long[] freeCpu;
    final long[] freeMemory;
    final int[] siteOf;
    final int[] rackOf;
    final int[] cell;
    final int[] next;
    final int[] previous;
    final List<String> sites = new ArrayList<>();
    final List<Shard> shards = new ArrayList<>();
    final long[] siteCpu;
    final long[] siteMemory;

    private final NodeGrid[] gridOf;
    private @Nullable Map<Spot, Integer> numbers;
    private final Map<String, Spread> apps = new HashMap<>();
    private final Map<String, IntCounts> groups = new HashMap<>();
    private final Map<Integer, Set<Integer>> ports = new HashMap<>();

    /** The nodes of one rack, by their sizes. */
    record Shard(int site, int rack, List<NodeGrid> grids) {}

    /** Where the instances of one app are. */
    static final class Spread {
        final IntCounts sites = new IntCounts();
        final IntCounts racks = new IntCounts();
        final IntCounts nodes = new IntCounts();

        private int most;

        /** No node has or had more. */
        int most() {
            return most;
        }

        void add(int site, int rack, int node, int change) {
            sites.add(site, change);
            racks.add(rack, change);
            nodes.add(node, change);
            most = Math.max(most, nodes.get(node));
        }
    }

    private record Size(int cpu, int memory) {
        static Size of(Offer offer) {
            return new Size(
                    64 - Long.numberOfLeadingZeros(Math.max(0, offer.cpuTotal() - 1)),
                    64 - Long.numberOfLeadingZeros(Math.max(0, offer.memoryTotal() - 1)));
        }
    }

    Fleet(List<Offer> given, List<Resident> residents, boolean byRack) {
        offers = given.stream()
                .sorted(Comparator.comparing(Offer::site).thenComparing(Offer::node))
                .toList();
        int size = offers.size();
        freeCpu = new long[size];
        freeMemory = new long[size];
        siteOf = new int[size];
        rackOf = new int[size];
        cell = new int[size];
        next = new int[size];
        previous = new int[size];
        gridOf = new NodeGrid[size];
        number();
        siteCpu = new long[sites.size()];
        siteMemory = new long[sites.size()];
        index(byRack);
        residents.forEach(this::settle);
    }

    private void number() {
        // In the order of their names, so that a site's nodes are one after the other.
        Map<String, Integer> rackNumbers = new HashMap<>();
        int racks = 0;
        for (int node = 0; node < offers.size(); node++) {
            Offer offer = offers.get(node);
            Offer before = node == 0 ? null : offers.get(node - 1);
            boolean newSite = before == null || !before.site().equals(offer.site());
            if (before != null && !newSite && before.node().equals(offer.node())) {
                throw new IllegalArgumentException("Node " + offer.spot() + " is offered twice");
            }
            if (newSite) {
                sites.add(offer.site());
                rackNumbers.clear();
            }
            freeCpu[node] = offer.cpuMillis();
            freeMemory[node] = offer.memoryBytes();
            siteOf[node] = sites.size() - 1;
            Integer rack = rackNumbers.putIfAbsent(offer.rack(), racks);
            rackOf[node] = rack == null ? racks++ : rack;
            if (!offer.takenPorts().isEmpty()) {
                ports.put(node, new HashSet<>(offer.takenPorts()));
            }
        }
    }

    private void index(boolean byRack) {
        Map<Integer, Map<Size, List<Integer>>> parts = new LinkedHashMap<>();
        for (int node = 0; node < offers.size(); node++) {
            parts.computeIfAbsent(byRack ? rackOf[node] : siteOf[node], key -> new LinkedHashMap<>())
                    .computeIfAbsent(Size.of(offers.get(node)), key -> new ArrayList<>())
                    .add(node);
            siteCpu[siteOf[node]] += Math.max(0, freeCpu[node]);
            siteMemory[siteOf[node]] += Math.max(0, freeMemory[node]);
        }
        parts.forEach((place, sizes) -> {
            List<NodeGrid> grids = sizes.values().stream().map(this::grid).toList();
            int any = sizes.values().iterator().next().getFirst();
            shards.add(new Shard(siteOf[any], rackOf[any], grids));
        });
    }

    private NodeGrid grid(List<Integer> nodes) {
        long cpu = nodes.stream()
                .mapToLong(node -> offers.get(node).cpuTotal())
                .max()
                .orElse(1);
        long memory = nodes.stream()
                .mapToLong(node -> offers.get(node).memoryTotal())
                .max()
                .orElse(1);
        NodeGrid grid = new NodeGrid(this, cpu, memory);
        // The first by name is looked at first.
        for (int node : nodes.reversed()) {
            gridOf[node] = grid;
            grid.add(node);
        }
        return grid;
    }

    private void settle(Resident resident) {
        int node = number(resident.at());
        if (node < 0) {
            return;
        }
        spread(resident.app()).add(siteOf[node], rackOf[node], node, 1);
        resident.group().ifPresent(group -> group(group).add(siteOf[node], 1));
    }

    int size() {
        return offers.size();
    }

    /** The number of a node, or -1 if it is not offered. */
    int number(Spot spot) {
        if (numbers == null) {
            numbers = new HashMap<>();
            for (int node = 0; node < offers.size(); node++) {
                numbers.put(offers.get(node).spot(), node);
            }
        }
        return numbers.getOrDefault(spot, -1);
    }

    Spread spread(String app) {
        return apps.computeIfAbsent(app, key -> new Spread());
    }

    IntCounts group(String group) {
        return groups.computeIfAbsent(group, key -> new IntCounts());
    }

    boolean portsFree(int node, Set<Integer> wanted) {
        Set<Integer> taken = ports.get(node);
        return taken == null || wanted.stream().noneMatch(taken::contains);
    }

    /** The larger of the two shares in use were so much more placed there, from 0 to 1. */
    double dominantShare(int node, long cpuMillis, long memoryBytes) {
        Offer offer = offers.get(node);
        double cpu = 1.0 - (double) (freeCpu[node] - cpuMillis) / Math.max(1, offer.cpuTotal());
        double memory = 1.0 - (double) (freeMemory[node] - memoryBytes) / Math.max(1, offer.memoryTotal());
        return Math.max(cpu, memory);
    }

    /** Takes the room of a demand. */
    void take(int node, Demand demand, Spread spread) {
        change(node, -demand.cpuMillis(), -demand.memoryBytes());
        spread.add(siteOf[node], rackOf[node], node, 1);
        demand.policy().together().ifPresent(group -> group(group).add(siteOf[node], 1));
        if (!demand.ports().isEmpty()) {
            ports.computeIfAbsent(node, key -> new HashSet<>()).addAll(demand.ports());
        }
    }

    /** Gives back the room of an instance that is to end. */
    void vacate(int node, Resident resident) {
        change(node, resident.cpuMillis(), resident.memoryBytes());
        spread(resident.app()).add(siteOf[node], rackOf[node], node, -1);
        resident.group().ifPresent(group -> group(group).add(siteOf[node], -1));
    }

    private void change(int node, long cpuMillis, long memoryBytes) {
        freeCpu[node] += cpuMillis;
        freeMemory[node] += memoryBytes;
        siteCpu[siteOf[node]] += cpuMillis;
        siteMemory[siteOf[node]] += memoryBytes;
        gridOf[node].moved(node);
    }

    /** The nodes that meet all constraints. */
    BitSet meeting(List<Constraint> constraints) {
        BitSet nodes = new BitSet(offers.size());
        for (int node = 0; node < offers.size(); node++) {
            nodes.set(node, allHold(constraints, offers.get(node)));
        }
        return nodes;
    }

    private static boolean allHold(List<Constraint> constraints, Offer offer) {
        for (Constraint constraint : constraints) {
            if (!constraint.holds(offer)) {
                return false;
            }
        }
        return true;
    }
}
