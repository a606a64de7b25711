package dev.slipway.platform.runtime.mesos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Matches a batch of demands of one role with the offers held for it. Pure and deterministic: the agent with the fewest
 * instances of the same process, then the fullest, then the first. Each process keeps the agents in that order, so that
 * a demand looks at a few of them and not at all.
 */
final class Matching {
    private final List<Agent> agents = new ArrayList<>();
    private final Map<String, Agent> byNode = new HashMap<>();
    private final Map<String, Process> processes = new HashMap<>();
    private final AppSpread spread;

    private Matching(List<OfferBook.Held> offers, AppSpread spread) {
        this.spread = spread;
        for (OfferBook.Held held : offers) {
            Agent agent = new Agent(held, agents.size());
            agents.add(agent);
            byNode.putIfAbsent(held.host(), agent);
        }
        agents.forEach(agent -> byNode.put(agent.held.agentId(), agent));
    }

    /** A demand on an agent. */
    record Placed(Demand demand, int port) {}

    /** What goes to one agent. */
    record Batch(OfferBook.Held held, List<Placed> placed) {}

    /** @param unplaced demands no offer had room for, in their order */
    record Result(List<Batch> batches, List<Demand> unplaced) {}

    private static final class Agent {
        final OfferBook.Held held;
        final int number;
        final List<Placed> placed = new ArrayList<>();
        Room left;
        double share = 1;

        Agent(OfferBook.Held held, int number) {
            this.held = held;
            this.number = number;
            this.left = held.room();
        }

        void take(Demand demand) {
            int port = demand.wantsPort() ? left.firstPort() : 0;
            placed.add(new Placed(demand, port));
            left = left.less(demand.need(), demand.wantsPort());
            double cpus = left.cpus() / (double) Math.max(1, held.room().cpus());
            double memory = left.memory() / (double) Math.max(1, held.room().memory());
            share = Math.min(cpus, memory);
        }
    }

    /** An agent as one process saw it when it was put in order; less is better. */
    private record Ranked(Agent agent, boolean leaving, int same, double share) {
        private static final Comparator<Ranked> ORDER = Comparator.comparing(Ranked::leaving)
                .thenComparingInt(Ranked::same)
                .thenComparingDouble(Ranked::share)
                .thenComparingInt(ranked -> ranked.agent().number);
    }

    static Result match(List<Demand> demands, List<OfferBook.Held> offers, AppSpread spread) {
        return new Matching(offers, spread).all(demands);
    }

    /** The agents in the order of one process. */
    private final class Process {
        private final String app;
        private final PriorityQueue<Ranked> ranked = new PriorityQueue<>(Ranked.ORDER);
        private final Map<Agent, Integer> placed = new HashMap<>();
        /** Agents without room for what was needed, as long as nothing smaller is. */
        private final List<Agent> aside = new ArrayList<>();

        private Room needed = Room.NONE;

        Process(String app) {
            this.app = app;
            agents.forEach(agent -> ranked.add(rank(agent)));
        }

        private Ranked rank(Agent agent) {
            int same = spread.count(app, agent.held.agentId()) + placed.getOrDefault(agent, 0);
            return new Ranked(agent, agent.held.leaving(), same, agent.share);
        }

        @Nullable
        Agent best(Demand demand) {
            if (!demand.need().covers(needed)) {
                aside.forEach(agent -> ranked.add(rank(agent)));
                aside.clear();
                needed = Room.NONE;
            }
            while (!ranked.isEmpty()) {
                Ranked first = ranked.remove();
                Ranked today = rank(first.agent());
                if (!today.equals(first)) {
                    ranked.add(today); // it was taken of meanwhile
                } else if (first.agent().left.fits(demand.need(), demand.wantsPort())) {
                    ranked.add(first);
                    return first.agent();
                } else {
                    aside.add(first.agent());
                    needed = needed.most(demand.need());
                }
            }
            return null;
        }

        void took(Agent agent) {
            placed.merge(agent, 1, Integer::sum);
        }
    }

    private Result all(List<Demand> demands) {
        List<Demand> unplaced = new ArrayList<>();
        for (Demand demand : demands) {
            Process process = processes.computeIfAbsent(demand.app(), Process::new);
            Agent best = demand.node().isPresent() ? chosen(demand) : process.best(demand);
            if (best == null) {
                unplaced.add(demand);
            } else {
                best.take(demand);
                process.took(best);
            }
        }
        return new Result(
                agents.stream()
                        .filter(agent -> !agent.placed.isEmpty())
                        .map(agent -> new Batch(agent.held, List.copyOf(agent.placed)))
                        .toList(),
                unplaced);
    }

    /** The agent that somebody else chose who knows of constraints that we do not. */
    private @Nullable Agent chosen(Demand demand) {
        Agent agent = byNode.get(demand.node().orElseThrow());
        return agent != null && agent.left.fits(demand.need(), demand.wantsPort()) ? agent : null;
    }

    /** Says what was missing, for the one who waits. */
    static String why(Demand demand, List<OfferBook.Held> offers) {
        String needs = "needs " + demand.need().text() + (demand.wantsPort() ? " and a port" : "")
                + demand.node().map(node -> " on node " + node).orElse("");
        Optional<Room> largest = offers.stream()
                .map(OfferBook.Held::room)
                .max(Comparator.comparingLong(Room::memory).thenComparingLong(Room::cpus));
        return needs
                + largest.map(room -> "; the largest offer has " + room.text()).orElse("; Mesos offered nothing");
    }
}
