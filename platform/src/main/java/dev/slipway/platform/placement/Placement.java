package dev.slipway.platform.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides where instances go. Pure and deterministic: equal input gives equal output. Packs by dominant share (Ghodsi
 * et al., Dominant Resource Fairness, NSDI 2011, section 4): a demand goes to the node it fills most.
 */
public final class Placement {
    private Placement() {}

    /** A node chosen for a demand. */
    public record Assignment(Demand demand, String site, String node) {}

    /** A demand that found no room, and why, as a sentence's end. */
    public record Refusal(Demand demand, String reason) {}

    /** What became of the demands, in their order. */
    public record Result(List<Assignment> assignments, List<Refusal> refusals) {
        public Result {
            assignments = List.copyOf(assignments);
            refusals = List.copyOf(refusals);
        }
    }

    public static Result place(List<Demand> demands, List<Offer> offers) {
        Map<String, Offer> left = new LinkedHashMap<>();
        offers.stream()
                .sorted(Comparator.comparing(Offer::site).thenComparing(Offer::node))
                .forEach(offer -> left.put(offer.site() + "/" + offer.node(), offer));
        List<Assignment> assignments = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (Demand demand : demands) {
            Optional<Map.Entry<String, Offer>> best = left.entrySet().stream()
                    .filter(entry -> entry.getValue().fits(demand))
                    .max(Comparator.comparingDouble(entry -> entry.getValue().dominantShareWith(demand)));
            if (best.isPresent()) {
                Offer offer = best.get().getValue();
                assignments.add(new Assignment(demand, offer.site(), offer.node()));
                left.put(best.get().getKey(), offer.less(demand));
            } else {
                refusals.add(
                        new Refusal(demand, why(demand, left.values().stream().toList())));
            }
        }
        return new Result(assignments, refusals);
    }

    private static String why(Demand demand, List<Offer> offers) {
        if (offers.isEmpty()) {
            return "no node offers room";
        }
        long memory = offers.stream().mapToLong(Offer::memoryBytes).max().orElse(0);
        long cpu = offers.stream().mapToLong(Offer::cpuMillis).max().orElse(0);
        return "needs " + (demand.memoryBytes() >> 20) + " MB and " + demand.cpuMillis()
                + " thousandths of a cpu; the largest free is " + (Math.max(0, memory) >> 20) + " MB and "
                + Math.max(0, cpu) + " thousandths";
    }
}
