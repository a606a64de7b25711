package dev.slipway.platform.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What may be ended for a higher priority's demand, by node. */
final class Surge {
    private static final Comparator<Resident> LEAST_FIRST = Comparator.comparingInt(Resident::priority)
            .thenComparing(Comparator.comparingLong(Resident::memoryBytes).reversed())
            .thenComparing(Resident::id);

    private final Map<Integer, List<Resident>> byNode = new TreeMap<>();

    Surge(List<Resident> residents, Fleet fleet) {
        for (Resident resident : residents) {
            int node = resident.surge() ? fleet.number(resident.at()) : Search.NONE;
            if (node >= 0) {
                byNode.computeIfAbsent(node, key -> new ArrayList<>()).add(resident);
            }
        }
        byNode.values().forEach(list -> list.sort(LEAST_FIRST));
    }

    record Eviction(int node, List<Resident> evicted) {}

    /** Ends as little as possible of the lowest priorities on one node, and gives its room back. */
    Optional<Eviction> make(Search search, GroupNeeds needs) {
        Optional<Eviction> best = Optional.empty();
        for (Map.Entry<Integer, List<Resident>> entry : byNode.entrySet()) {
            int node = entry.getKey();
            boolean here = search.demand
                            .volume()
                            .map(spot -> search.fleet.number(spot) == node)
                            .orElse(true)
                    && search.mayHave(node)
                    && search.mayBeAt(search.fleet.siteOf[node], needs);
            if (here) {
                Optional<Eviction> possible = on(node, entry.getValue(), search);
                if (possible.isPresent() && (best.isEmpty() || cost(possible.get()) < cost(best.get()))) {
                    best = possible;
                }
            }
        }
        best.ifPresent(eviction -> eviction.evicted().forEach(resident -> {
            search.fleet.vacate(eviction.node(), resident);
            List<Resident> left = byNode.get(eviction.node());
            if (left != null) {
                left.remove(resident);
            }
        }));
        return best;
    }

    private static Optional<Eviction> on(int node, List<Resident> there, Search search) {
        long cpu = search.fleet.freeCpu[node];
        long memory = search.fleet.freeMemory[node];
        List<Resident> evicted = new ArrayList<>();
        for (Resident resident : there) {
            if (resident.priority() >= search.demand.priority()) {
                break;
            }
            evicted.add(resident);
            cpu += resident.cpuMillis();
            memory += resident.memoryBytes();
            if (cpu >= search.cpuMillis && memory >= search.memoryBytes) {
                return Optional.of(new Eviction(node, List.copyOf(evicted)));
            }
        }
        return Optional.empty();
    }

    /** The highest priority that has to go weighs most, then how many. */
    private static long cost(Eviction eviction) {
        return ((long) eviction.evicted().getLast().priority() << 32)
                + eviction.evicted().size();
    }
}
