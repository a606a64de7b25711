package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.LaunchSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Demands meet offers. */
class MatchingTest {
    private static final String ROLE = "slipway-acme";

    private static Demand demand(String process, long cpuMillis, long megabytes) {
        LaunchSpec spec = MesosWorld.spec(MesosWorld.newId(), "acme", cpuMillis, megabytes);
        return new Demand(
                new LaunchSpec(
                        spec.id(),
                        spec.tenant(),
                        spec.app(),
                        process,
                        spec.index(),
                        spec.release(),
                        spec.image(),
                        spec.command(),
                        spec.environment(),
                        spec.port(),
                        spec.limits(),
                        spec.health(),
                        spec.labels(),
                        spec.credentials()),
                false,
                Instant.EPOCH);
    }

    private static List<OfferBook.Held> offers(int agents, double cpus, double megabytes) {
        OfferBook book = new OfferBook();
        for (int i = 0; i < agents; i++) {
            book.add(TestOffers.offer("O" + i, "S" + i, ROLE, cpus, megabytes, 31_000, 32_000), Instant.EPOCH);
        }
        return book.of(ROLE);
    }

    private static Map<String, Integer> perAgent(Matching.Result result) {
        Map<String, Integer> counts = new TreeMap<>();
        result.batches()
                .forEach(batch ->
                        counts.put(batch.held().agentId(), batch.placed().size()));
        return counts;
    }

    @Test
    void oneProcessIsSpreadBeforeAnAgentGetsASecond() {
        List<Demand> demands = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            demands.add(demand("web", 100, 64));
        }
        Matching.Result result = Matching.match(demands, offers(4, 4, 4096), new AppSpread());
        assertThat(perAgent(result).values()).containsExactlyInAnyOrder(3, 3, 2, 2);
    }

    @Test
    void differentProcessesFillOneAgentFirst() {
        List<Demand> demands = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            demands.add(demand("worker-" + i, 1_000, 1_024));
        }
        assertThat(perAgent(Matching.match(demands, offers(8, 4, 4096), new AppSpread())))
                .containsExactly(Map.entry("S0", 4));
    }

    @Test
    void aSmallerDemandOfTheProcessIsNotGivenUpWithALargerOne() {
        List<Demand> demands = List.of(demand("web", 8_000, 64), demand("web", 1_000, 64), demand("web", 8_000, 64));
        Matching.Result result = Matching.match(demands, offers(2, 4, 4096), new AppSpread());
        assertThat(result.unplaced()).containsExactly(demands.get(0), demands.get(2));
        assertThat(perAgent(result)).containsExactly(Map.entry("S0", 1));
    }

    @Test
    void nothingIsPromisedTwiceAndNobodyWaitsWhileThereIsRoom() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Demand> demands = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                demands.add(demand("p" + random.nextInt(5), 100 + random.nextInt(1_500), 64L + random.nextInt(1_000)));
            }
            List<OfferBook.Held> offers = offers(1 + random.nextInt(6), 1 + random.nextInt(4), 2_048);
            Matching.Result result = Matching.match(demands, offers, new AppSpread());
            Map<String, Room> left = new TreeMap<>();
            offers.forEach(held -> left.put(held.agentId(), held.room()));
            int placed = 0;
            for (Matching.Batch batch : result.batches()) {
                for (Matching.Placed each : batch.placed()) {
                    Room room = left.get(batch.held().agentId());
                    assertThat(room.fits(each.demand().need(), true)).isTrue();
                    assertThat(each.port()).isEqualTo(room.firstPort());
                    left.put(batch.held().agentId(), room.less(each.demand().need(), true));
                    placed++;
                }
            }
            assertThat(placed + result.unplaced().size()).isEqualTo(demands.size());
            for (Demand waiting : result.unplaced()) {
                assertThat(left.values()).noneMatch(room -> room.fits(waiting.need(), true));
            }
        }
    }

    /** Not a matter of time but of looks: with a scan of all agents for each demand this would take minutes. */
    @Test
    void manyDemandsOfOneProcessOnManyAgentsAreNoScan() {
        List<Demand> demands = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            demands.add(demand("web", 250, 256));
        }
        Matching.Result result = Matching.match(demands, offers(5_000, 16, 65_536), new AppSpread());
        assertThat(result.unplaced()).isEmpty();
        assertThat(perAgent(result).values()).containsOnly(10);
    }
}
