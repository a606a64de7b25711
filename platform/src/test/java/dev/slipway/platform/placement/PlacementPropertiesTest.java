package dev.slipway.platform.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worlds made from a seed; what is decided in them is compared with the plain {@link Reference}, step by step. */
class PlacementPropertiesTest {
    private static final long MB = 1L << 20;
    private static final int ROUNDS = 120;

    private record World(List<Offer> offers, List<Demand> demands) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 20261125, 77, 4711})
    void everyDecisionIsOneThatLookingAtEveryNodeAllows(long seed) {
        Random random = new Random(seed);
        int placed = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            World world = world(random);
            Placement.Result result = Placement.place(world.demands(), world.offers());
            Reference reference = new Reference(world.offers(), world.demands());
            Iterator<Placement.Assignment> assignments = result.assignments().iterator();
            Iterator<Placement.Refusal> refusals = result.refusals().iterator();
            Set<Demand> done = Collections.newSetFromMap(new IdentityHashMap<>());
            result.assignments().forEach(assignment -> done.add(assignment.demand()));
            for (Demand demand : world.demands()) {
                if (done.contains(demand)) {
                    Placement.Assignment assignment = assignments.next();
                    assertThat(assignment.demand()).isSameAs(demand);
                    Reference.Node node = reference.node(assignment.site(), assignment.node());
                    assertThat(reference.possible(node, demand))
                            .as("%s", assignment)
                            .isTrue();
                    assertThat(reference.rank(node, demand))
                            .as("%s", assignment)
                            .isEqualTo(reference.bestRank(demand).orElseThrow());
                    node.placed.add(demand);
                    placed++;
                } else {
                    Placement.Refusal refusal = refusals.next();
                    assertThat(refusal.demand()).isSameAs(demand);
                    assertThat(reference.bestRank(demand)).as(refusal.reason()).isEmpty();
                    refusal.verdicts().forEach(verdict -> assertTrue(verdict, reference, demand));
                    refused++;
                }
            }
        }
        assertThat(placed).isGreaterThan(ROUNDS);
        assertThat(refused).isGreaterThan(ROUNDS);
    }

    private static void assertTrue(SiteVerdict verdict, Reference reference, Demand demand) {
        List<Reference.Node> nodes = reference.at(verdict.site());
        if (verdict.excluded().isPresent()) {
            boolean offered = nodes.stream().anyMatch(node -> demand.volume().equals(Optional.of(node.offer.spot())));
            assertThat(reference.siteRuledOut(verdict.site(), demand) || !offered)
                    .as(verdict.text(demand))
                    .isTrue();
            return;
        }
        int[] counts = new int[5];
        long memory = 0;
        long cpu = 0;
        for (Reference.Node node : nodes) {
            if (demand.volume().isPresent() && !demand.volume().get().equals(node.offer.spot())) {
                continue;
            }
            if (!reference.meets(node, demand)) {
                counts[0]++;
            } else if (reference.crowded(node, demand)) {
                counts[1]++;
            } else if (reference.apart(node, demand)) {
                counts[2]++;
            } else if (reference.portsTaken(node, demand)) {
                counts[3]++;
            } else {
                assertThat(reference.fits(node, demand))
                        .as(verdict.text(demand))
                        .isFalse();
                counts[4]++;
                memory = Math.max(memory, node.freeMemory());
                cpu = Math.max(cpu, node.freeCpu());
            }
        }
        assertThat(List.of(verdict.unmet(), verdict.crowded(), verdict.apart(), verdict.portsTaken(), verdict.full()))
                .containsExactly(counts[0], counts[1], counts[2], counts[3], counts[4]);
        assertThat(List.of(verdict.largestMemory(), verdict.largestCpu())).containsExactly(memory, cpu);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 99})
    void isTheSameInAnyOrderOfOffers(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            World world = world(random);
            Placement.Result result = Placement.place(world.demands(), world.offers());
            List<Offer> shuffled = new ArrayList<>(world.offers());
            Collections.shuffle(shuffled, random);
            assertThat(Placement.place(world.demands(), shuffled)).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 1234567})
    void endsOnlySurgeOfLowerPrioritiesAndOnlyWhereItMakesTheRoom(long seed) {
        Random random = new Random(seed);
        int evictions = 0;
        for (int round = 0; round < ROUNDS; round++) {
            World world = world(random);
            List<Resident> residents = residents(world.offers(), random);
            List<Demand> demands = new ArrayList<>();
            for (Demand demand : world.demands()) {
                demands.add(new Demand(
                        demand.name(),
                        demand.app(),
                        demand.cpuMillis(),
                        demand.memoryBytes(),
                        Policy.PACK,
                        random.nextInt(4),
                        Set.of(),
                        Optional.empty()));
            }
            Placement.Result result = Placement.place(demands, world.offers(), residents);
            Map<String, long[]> free = new HashMap<>();
            world.offers()
                    .forEach(offer ->
                            free.put(offer.spot().toString(), new long[] {offer.cpuMillis(), offer.memoryBytes()}));
            Set<String> ended = new HashSet<>();
            for (Placement.Assignment assignment : result.assignments()) {
                long[] left = free.get(assignment.site() + "/" + assignment.node());
                left[0] -= assignment.demand().cpuMillis();
                left[1] -= assignment.demand().memoryBytes();
                for (Resident resident : assignment.preempted()) {
                    assertThat(resident.surge()).isTrue();
                    assertThat(resident.priority())
                            .isLessThan(assignment.demand().priority());
                    assertThat(resident.at()).isEqualTo(new Spot(assignment.site(), assignment.node()));
                    assertThat(ended.add(resident.id())).as("ended once").isTrue();
                    left[0] += resident.cpuMillis();
                    left[1] += resident.memoryBytes();
                    evictions++;
                }
            }
            free.values().forEach(left -> assertThat(Math.min(left[0], left[1])).isGreaterThanOrEqualTo(0));
        }
        assertThat(evictions).isPositive();
    }

    private static List<Resident> residents(List<Offer> offers, Random random) {
        List<Resident> residents = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Offer at = offers.get(random.nextInt(offers.size()));
            residents.add(new Resident(
                    "i" + i,
                    "old" + random.nextInt(3),
                    at.spot(),
                    100 + random.nextInt(1000),
                    (64 + random.nextInt(1000)) * MB,
                    random.nextInt(3),
                    random.nextInt(3) > 0,
                    Optional.empty()));
        }
        return residents;
    }

    private static World world(Random random) {
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(14); i++) {
            long cpu = 2_000L << random.nextInt(2);
            long memory = 2_048L << random.nextInt(2);
            offers.add(new Offer(
                    "dc-" + "abc".charAt(random.nextInt(3)),
                    "n" + i,
                    random.nextInt((int) cpu),
                    random.nextInt((int) memory) * MB,
                    cpu,
                    memory * MB,
                    Map.of("rack", "r" + random.nextInt(3), "disk", random.nextBoolean() ? "ssd" : "hdd"),
                    random.nextBoolean() ? Set.of() : Set.of(8000 + random.nextInt(2))));
        }
        List<Policy> policies = new ArrayList<>();
        for (int app = 0; app < 4; app++) {
            policies.add(policy(random));
        }
        List<Demand> demands = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(24); i++) {
            int app = random.nextInt(policies.size());
            Offer any = offers.get(random.nextInt(offers.size()));
            demands.add(new Demand(
                    "web." + i,
                    "app" + app,
                    10 + random.nextInt(900),
                    (16 + random.nextInt(900)) * MB,
                    policies.get(app),
                    0,
                    random.nextInt(4) == 0 ? Set.of(8000 + random.nextInt(2)) : Set.of(),
                    random.nextInt(8) == 0
                            ? Optional.of(random.nextBoolean() ? any.spot() : new Spot(any.site(), "gone"))
                            : Optional.empty()));
        }
        return new World(offers, demands);
    }

    private static Policy policy(Random random) {
        Policy policy = Policy.PACK;
        List<Domain> domains = new ArrayList<>(List.of(Domain.values()));
        Collections.shuffle(domains, random);
        policy = policy.withSpread(domains.subList(0, random.nextInt(4)).toArray(Domain[]::new));
        policy = random.nextInt(3) == 0 ? policy.withPrefer("dc-b") : policy;
        policy = random.nextInt(3) == 0 ? policy.withStandby("dc-c") : policy;
        policy = random.nextInt(3) == 0 ? policy.withAtLeastSites(2) : policy;
        policy = random.nextInt(2) == 0 ? policy.withPerNode(1 + random.nextInt(2)) : policy;
        policy = random.nextInt(3) == 0 ? policy.withConstraints(Constraint.parse("disk=ssd")) : policy;
        policy = random.nextInt(4) == 0 ? policy.withConstraints(Constraint.parse("rack!=r1,r2")) : policy;
        policy = random.nextInt(4) == 0 ? policy.withApart("app" + random.nextInt(4)) : policy;
        return random.nextInt(4) == 0 ? policy.withTogether("pair") : policy;
    }
}
