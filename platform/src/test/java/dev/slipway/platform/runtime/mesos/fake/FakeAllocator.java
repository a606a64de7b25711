package dev.slipway.platform.runtime.mesos.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos.InverseOffer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.scheduler.Protos.AttributeConstraint;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.apache.mesos.v1.scheduler.Protos.OfferConstraints;

/** Offers what is free, whole agents to one role of one framework at a time, within the limits of roles. */
final class FakeAllocator {
    private final FakeCluster cluster;
    private final String master;
    private final java.util.function.IntSupplier agentPort;
    private final Map<String, Instant> inverseUntil = new HashMap<>();
    private String first = "";
    private int turn;

    FakeAllocator(FakeCluster cluster, String master, java.util.function.IntSupplier agentPort) {
        this.cluster = cluster;
        this.master = master;
        this.agentPort = agentPort;
    }

    void allocate() {
        Instant now = cluster.clock.instant();
        Map<FakeFramework, List<FakeAgent.Offered>> made = new LinkedHashMap<>();
        List<FakeFramework> frameworks = new ArrayList<>(cluster.frameworks.values());
        boolean wanted = frameworks.stream()
                .anyMatch(framework -> framework.connected() && !framework.suppressed.containsAll(framework.roles()));
        if (!wanted) {
            inverse(now);
            return;
        }
        turn++;
        Map<String, Map<String, Long>> left = new HashMap<>();
        cluster.limits.forEach((role, limit) -> {
            Map<String, Long> rest = new HashMap<>();
            limit.forEach((name, value) -> rest.put(name, value - cluster.held(role, name)));
            left.put(role, rest);
        });
        Map<String, Long> shares = shares();
        for (FakeAgent agent : inOrder()) {
            FakeResources free = agent.offerable() ? agent.available() : FakeResources.NONE;
            if (free.worthOffering()) {
                offer(agent, free, frameworks, left, shares, made, now);
            }
        }
        made.forEach((framework, offers) -> {
            Event.Offers.Builder batch = Event.Offers.newBuilder();
            boolean multiRole = framework.can(org.apache.mesos.v1.Protos.FrameworkInfo.Capability.Type.MULTI_ROLE);
            offers.forEach(each ->
                    batch.addOffers(each.agent().offer(each, multiRole ? each.role() : "", agentPort.getAsInt())));
            framework.send(Event.newBuilder()
                    .setType(Event.Type.OFFERS)
                    .setOffers(batch)
                    .build());
        });
        inverse(now);
    }

    /** A real one goes through the agents in random order; a replay says in which. */
    void first(String hostname) {
        first = hostname;
    }

    private List<FakeAgent> inOrder() {
        List<FakeAgent> agents = new ArrayList<>(cluster.agents.values());
        if (!first.isEmpty()) {
            agents.sort(java.util.Comparator.comparing(agent -> !agent.hostname.equals(first)));
        }
        return agents;
    }

    private Map<String, Long> shares() {
        Map<String, Long> shares = new HashMap<>(cluster.cpus);
        cluster.offers
                .values()
                .forEach(offered ->
                        shares.merge(offered.role(), offered.resources().amount("cpus"), Long::sum));
        return shares;
    }

    private void offer(
            FakeAgent agent,
            FakeResources whole,
            List<FakeFramework> frameworks,
            Map<String, Map<String, Long>> left,
            Map<String, Long> shares,
            Map<FakeFramework, List<FakeAgent.Offered>> made,
            Instant now) {
        FakeResources free = whole;
        for (int i = 0; i < frameworks.size(); i++) {
            FakeFramework framework = frameworks.get((turn + i) % frameworks.size());
            List<String> roles = new ArrayList<>(framework.connected() ? framework.roles() : List.of());
            // The role that has least goes first.
            roles.sort(java.util.Comparator.comparingLong(role -> shares.getOrDefault(role, 0L)));
            for (String role : roles) {
                if (framework.suppressed.contains(role)
                        || filtered(framework, role, agent, free, now)
                        || !permitted(framework.constraints, role, agent)) {
                    continue;
                }
                Map<String, Long> rest = left.getOrDefault(role, new HashMap<>());
                FakeResources cut = free.of(role).within(rest);
                if (!cut.worthOffering()) {
                    continue;
                }
                rest.replaceAll((name, value) -> value - cut.amount(name));
                FakeAgent.Offered offered =
                        new FakeAgent.Offered(cluster.nextOffer(master), framework, role, agent, cut);
                agent.offers.put(offered.id(), offered);
                cluster.offers.put(offered.id(), offered);
                shares.merge(role, cut.amount("cpus"), Long::sum);
                made.computeIfAbsent(framework, key -> new ArrayList<>()).add(offered);
                free = free.minus(cut);
                if (!free.worthOffering()) {
                    return;
                }
            }
        }
    }

    private static boolean filtered(
            FakeFramework framework, String role, FakeAgent agent, FakeResources free, Instant now) {
        FakeFramework.Filter filter = framework.filters.get(role + "|" + agent.id);
        return filter != null
                && filter.until().isAfter(now)
                && filter.declined().covers(free);
    }

    private static boolean permitted(OfferConstraints constraints, String role, FakeAgent agent) {
        OfferConstraints.RoleConstraints ours =
                constraints.getRoleConstraintsMap().get(role);
        if (ours == null || ours.getGroupsCount() == 0) {
            return true;
        }
        return ours.getGroupsList().stream()
                .anyMatch(group -> group.getAttributeConstraintsList().stream().allMatch(each -> holds(each, agent)));
    }

    private static boolean holds(AttributeConstraint constraint, FakeAgent agent) {
        String value = agent.attributes.get(constraint.getSelector().getAttributeName());
        AttributeConstraint.Predicate predicate = constraint.getPredicate();
        if (predicate.hasTextEquals()) {
            return predicate.getTextEquals().getValue().equals(value);
        }
        return !predicate.hasExists() || value != null;
    }

    private void inverse(Instant now) {
        for (FakeAgent agent : cluster.agents.values()) {
            if (agent.unavailability == null || agent.standing != FakeAgent.Standing.REGISTERED) {
                continue;
            }
            for (FakeFramework framework : cluster.frameworks.values()) {
                String key = framework.id + "|" + agent.id;
                boolean concerned =
                        agent.tasks.values().stream().anyMatch(task -> task.frameworkId.equals(framework.id));
                if (!concerned || inverseUntil.getOrDefault(key, Instant.EPOCH).isAfter(now)) {
                    continue;
                }
                // It stays open until it is answered.
                inverseUntil.put(key, Instant.MAX);
                agent.inverse.put(framework.id, "I|" + key);
                framework.send(Event.newBuilder()
                        .setType(Event.Type.INVERSE_OFFERS)
                        .setInverseOffers(Event.InverseOffers.newBuilder()
                                .addInverseOffers(InverseOffer.newBuilder()
                                        .setId(OfferID.newBuilder().setValue("I|" + key))
                                        .setUrl(agent.url(agentPort.getAsInt()))
                                        .setFrameworkId(framework.proto())
                                        .setAgentId(agent.proto())
                                        .setUnavailability(agent.unavailability)))
                        .build());
            }
        }
    }

    void inverseAnswered(String id, double refuseSeconds) {
        cluster.agents.values().forEach(agent -> agent.inverse.values().remove(id));
        inverseUntil.put(id.substring(2), cluster.clock.instant().plusMillis((long)
                ((refuseSeconds < 0 ? 5 : refuseSeconds) * 1000)));
    }
}
