package dev.slipway.bench.placement;

import dev.slipway.platform.placement.Constraint;
import dev.slipway.platform.placement.Demand;
import dev.slipway.platform.placement.Domain;
import dev.slipway.platform.placement.Offer;
import dev.slipway.platform.placement.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The same nodes and instances for both sides: 16 cores and 64 GB in 10 racks; 500 apps of 20 mixed instances. */
final class Input {
    static final int CPU = 16_000;
    static final int MEMORY_MB = 65_536;
    static final int RACKS = 10;
    static final int APPS = 500;
    static final int INSTANCES = 10_000;

    final List<Offer> offers = new ArrayList<>();
    final List<Demand> demands = new ArrayList<>();

    Input(int nodes, String policy) {
        for (int i = 0; i < nodes; i++) {
            offers.add(new Offer(
                    "dc",
                    "n%05d".formatted(i),
                    CPU,
                    (long) MEMORY_MB << 20,
                    CPU,
                    (long) MEMORY_MB << 20,
                    Map.of("rack", "r" + i % RACKS, "disk", i % 4 == 0 ? "hdd" : "ssd"),
                    Set.of()));
        }
        Random random = new Random(20261125);
        Policy wanted = policy(policy);
        for (int i = 0; i < INSTANCES; i++) {
            long cpu = 250L * (1 + random.nextInt(8));
            long memory = 256L * (1 + random.nextInt(16)) << 20;
            demands.add(new Demand("web." + i, "app" + i % APPS, cpu, memory, wanted));
        }
    }

    private static Policy policy(String name) {
        return switch (name) {
            case "pack" -> Policy.PACK;
            case "racks" -> Policy.PACK.withSpread(Domain.RACK);
            case "apart" -> Policy.PACK.withPerNode(1);
            case "every" ->
                Policy.PACK
                        .withSpread(Domain.values())
                        .withPrefer("dc")
                        .withStandby("dc-standby")
                        .withPerNode(2)
                        .withConstraints(Constraint.parse("disk=ssd"))
                        .withApart("app7");
            default -> throw new IllegalArgumentException("no such policy: " + name);
        };
    }

    /** Nodes that are needed at least, were instances made of sand. */
    double bound() {
        long cpu = demands.stream().mapToLong(Demand::cpuMillis).sum();
        long memory = demands.stream().mapToLong(Demand::memoryBytes).sum();
        return Math.ceil(Math.max((double) cpu / CPU, (double) memory / ((long) MEMORY_MB << 20)));
    }
}
