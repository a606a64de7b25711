package dev.slipway.platform.runtime.mesos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Matches a batch of demands of one role with the offers held for it. Pure and deterministic: the agent with the fewest
 * instances of the same process, then the one it fills most, then the first.
 */
final class Matching {
    private Matching() {}

    /** A demand on an agent. */
    record Placed(Demand demand, int port) {}

    /** What goes to one agent. */
    record Batch(OfferBook.Held held, List<Placed> placed) {}

    /** @param unplaced demands no offer had room for, in their order */
    record Result(List<Batch> batches, List<Demand> unplaced) {}

    private static final class Agent {
        final OfferBook.Held held;
        final List<Placed> placed = new ArrayList<>();
        Room left;

        Agent(OfferBook.Held held) {
            this.held = held;
            this.left = held.room();
        }
    }

    static Result match(List<Demand> demands, List<OfferBook.Held> offers, AppSpread spread) {
        List<Agent> agents = offers.stream().map(Agent::new).toList();
        Map<String, Map<String, Integer>> added = new HashMap<>();
        List<Demand> unplaced = new ArrayList<>();
        for (Demand demand : demands) {
            Map<String, Integer> here = added.computeIfAbsent(demand.app(), key -> new HashMap<>());
            Optional<Agent> best = best(demand, agents, here, spread);
            if (best.isEmpty()) {
                unplaced.add(demand);
                continue;
            }
            Agent agent = best.get();
            int port = demand.wantsPort() ? agent.left.firstPort() : 0;
            agent.placed.add(new Placed(demand, port));
            agent.left = agent.left.less(demand.need(), demand.wantsPort());
            here.merge(agent.held.agentId(), 1, Integer::sum);
        }
        return new Result(
                agents.stream()
                        .filter(agent -> !agent.placed.isEmpty())
                        .map(agent -> new Batch(agent.held, List.copyOf(agent.placed)))
                        .toList(),
                unplaced);
    }

    private static Optional<Agent> best(
            Demand demand, List<Agent> agents, Map<String, Integer> here, AppSpread spread) {
        Room need = demand.need();
        Optional<String> node = demand.node();
        Agent best = null;
        double bestScore = Double.MAX_VALUE;
        for (Agent agent : agents) {
            if (!agent.left.fits(need, demand.wantsPort())
                    || node.isPresent()
                            && !node.get().equals(agent.held.host())
                            && !node.get().equals(agent.held.agentId())) {
                continue;
            }
            int same = spread.count(demand.app(), agent.held.agentId()) + here.getOrDefault(agent.held.agentId(), 0);
            double score = (agent.held.leaving() ? 1e9 : 0) + same * 1e3 + share(agent.left, need, agent.held.room());
            if (score < bestScore) {
                best = agent;
                bestScore = score;
            }
        }
        return Optional.ofNullable(best);
    }

    /** What would be left of the scarcer resource, from 0 to 1: less is better. */
    private static double share(Room left, Room need, Room whole) {
        double cpus = (left.cpus() - need.cpus()) / (double) Math.max(1, whole.cpus());
        double memory = (left.memory() - need.memory()) / (double) Math.max(1, whole.memory());
        return Math.min(cpus, memory);
    }

    /** Says what was missing, for the one who waits. */
    static String why(Demand demand, List<OfferBook.Held> offers) {
        String needs = "needs " + demand.need().text() + (demand.wantsPort() ? " and a port" : "")
                + demand.node().map(node -> " on node " + node).orElse("");
        Optional<Room> largest = offers.stream()
                .map(OfferBook.Held::room)
                .max(java.util.Comparator.comparingLong(Room::memory).thenComparingLong(Room::cpus));
        return needs
                + largest.map(room -> "; the largest offer has " + room.text()).orElse("; Mesos offered nothing");
    }
}
