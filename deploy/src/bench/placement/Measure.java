package dev.slipway.bench.placement;

import dev.slipway.platform.placement.Placement;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs both sides and prints one line for each sample: case, metric, unit, side, value, with tabs between. */
public final class Measure {
    private static final String[] POLICIES = {"pack", "racks", "apart", "every"};

    private Measure() {}

    public static void main(String[] arguments) throws RunnerException {
        ours();
        for (int nodes : new int[] {1_000, 5_000}) {
            for (String policy : POLICIES) {
                Input input = new Input(nodes, policy);
                long used = Placement.place(input.demands, input.offers).assignments().stream()
                        .map(Placement.Assignment::node)
                        .distinct()
                        .count();
                sample(nodes, policy, "nodes over bound", "x", "ours", used / input.bound());
                if (!policy.equals("every")) {
                    Fenzo.Result peer = Fenzo.run(input, policy);
                    sample(nodes, policy, "an assignment", "us", "peer", peer.seconds() * 1e6 / peer.placed());
                    sample(nodes, policy, "assignments", "/s", "peer", peer.placed() / peer.seconds());
                    sample(nodes, policy, "nodes over bound", "x", "peer", peer.nodes() / input.bound());
                }
            }
        }
    }

    private static void ours() throws RunnerException {
        var options = new OptionsBuilder()
                .include(PlacementBenchmark.class.getName())
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult run : new Runner(options).run()) {
            int nodes = Integer.parseInt(run.getParams().getParam("nodes"));
            String policy = run.getParams().getParam("policy");
            boolean all = run.getPrimaryResult().getLabel().equals("all");
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                if (!all) {
                    double worst = fork.getPrimaryResult().getStatistics().getMax();
                    sample(nodes, policy, "one, the worst", "ms", "ours", worst / 1_000);
                    continue;
                }
                fork.getIterationResults().forEach(iteration -> {
                    double micros = iteration.getPrimaryResult().getScore() / Input.INSTANCES;
                    sample(nodes, policy, "an assignment", "us", "ours", micros);
                    sample(nodes, policy, "assignments", "/s", "ours", 1e6 / micros);
                });
            }
        }
    }

    private static void sample(int nodes, String policy, String metric, String unit, String side, double value) {
        System.out.printf(Locale.ROOT, "%d nodes, %s\t%s\t%s\t%s\t%.4f%n", nodes, policy, metric, unit, side, value);
    }
}
