package dev.slipway.bench.placement;

import dev.slipway.platform.placement.Placement;
import dev.slipway.platform.placement.Resident;
import dev.slipway.platform.placement.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All instances at once, and one more beside all that is there; both with the index made anew. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlacementBenchmark {
    @Param({"1000", "5000"})
    public int nodes;

    @Param({"pack", "racks", "apart", "every"})
    public String policy;

    private Input input;
    private List<Resident> residents;

    @Setup
    public void prepare() {
        input = new Input(nodes, policy);
        residents = new ArrayList<>();
        Placement.place(input.demands, input.offers).assignments().stream()
                .filter(assignment -> assignment.demand().app().equals("app0"))
                .forEach(assignment -> residents.add(new Resident(
                        assignment.demand().name(),
                        "app0",
                        new Spot(assignment.site(), assignment.node()),
                        assignment.demand().cpuMillis(),
                        assignment.demand().memoryBytes(),
                        0,
                        false,
                        Optional.empty())));
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public Placement.Result all() {
        return Placement.place(input.demands, input.offers);
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Placement.Result one() {
        return Placement.place(input.demands.subList(0, 1), input.offers, residents);
    }
}
