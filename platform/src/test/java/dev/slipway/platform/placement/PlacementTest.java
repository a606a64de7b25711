package dev.slipway.platform.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long MB = 1L << 20;

    @Test
    void packsTheFullestNodeThatStillFits() {
        Placement.Result result = Placement.place(
                List.of(new Demand("web.1", 250, 256 * MB)),
                List.of(
                        new Offer("a", "empty", 4000, 4096 * MB, 4000, 4096 * MB),
                        new Offer("a", "half", 2000, 2048 * MB, 4000, 4096 * MB),
                        new Offer("a", "full", 100, 128 * MB, 4000, 4096 * MB)));
        assertThat(result.assignments()).extracting(Placement.Assignment::node).containsExactly("half");
    }

    @Test
    void saysWhatWasAskedAndWhatIsLeft() {
        Placement.Result result = Placement.place(
                List.of(new Demand("web.1", 250, 512 * MB)),
                List.of(new Offer("a", "n", 1000, 300 * MB, 4000, 4096 * MB)));
        assertThat(result.refusals())
                .singleElement()
                .satisfies(refusal ->
                        assertThat(refusal.reason()).contains("512 MB").contains("300 MB"));
    }

    @Test
    void neverPromisesMoreThanIsOfferedAndIsTheSameInAnyOrderOfOffers() {
        Random random = new Random(20261122);
        for (int round = 0; round < 500; round++) {
            List<Offer> offers = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                long cpu = random.nextInt(4000);
                long memory = random.nextInt(4096) * MB;
                offers.add(new Offer("s" + random.nextInt(2), "n" + i, cpu, memory, 4000, 4096 * MB));
            }
            List<Demand> demands = new ArrayList<>();
            for (int i = 0; i < random.nextInt(12); i++) {
                demands.add(new Demand("p." + i, 10 + random.nextInt(1500), (16 + random.nextInt(1500)) * MB));
            }
            Placement.Result result = Placement.place(demands, offers);
            assertThat(result.assignments().size() + result.refusals().size()).isEqualTo(demands.size());
            Map<String, Long> cpu = new HashMap<>();
            Map<String, Long> memory = new HashMap<>();
            for (Placement.Assignment assignment : result.assignments()) {
                cpu.merge(assignment.node(), assignment.demand().cpuMillis(), Long::sum);
                memory.merge(assignment.node(), assignment.demand().memoryBytes(), Long::sum);
            }
            for (Offer offer : offers) {
                assertThat(cpu.getOrDefault(offer.node(), 0L)).isLessThanOrEqualTo(offer.cpuMillis());
                assertThat(memory.getOrDefault(offer.node(), 0L)).isLessThanOrEqualTo(offer.memoryBytes());
            }
            Collections.shuffle(offers, random);
            assertThat(Placement.place(demands, offers)).isEqualTo(result);
        }
    }
}
