package dev.slipway.platform.runtime.mesos;

import com.sun.management.OperatingSystemMXBean;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.mesos.fake.Execution;
import dev.slipway.platform.runtime.mesos.fake.FakeAgent;
import dev.slipway.platform.runtime.mesos.fake.FakeBehaviour;
import dev.slipway.platform.runtime.mesos.fake.FakeMesosMaster;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.mesos.v1.scheduler.Protos.Call;

/**
 * Launches many instances on many agents of the fake master, loses some of them, and idles. Run by {@code deploy/bench
 * mesos}; prints one sample a line: case, metric, unit, value. The fake and its agents are in the same process: what it
 * uses is in the figures.
 */
final class MesosBench {
    private final MesosWorld world = new MesosWorld();
    private final String name;
    private final int agents;
    private final int instances;

    private MesosBench(int agents, int instances) {
        this.name = agents + " agents, " + instances + " instances";
        this.agents = agents;
        this.instances = instances;
    }

    /** {@code AGENTS INSTANCES}. */
    public static void main(String[] arguments) throws Exception {
        new MesosBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
        System.exit(0);
    }

    private void sample(String metric, String unit, double value) {
        System.out.printf(Locale.ROOT, "%s\t%s\t%s\t%.3f%n", name, metric, unit, value);
    }

    private void run() throws Exception {
        FakeMesosMaster master =
                new FakeMesosMaster(FakeBehaviour.standard(world.timer, Clock.systemUTC(), Execution.INSTANT));
        master.forgetCalls();
        List<FakeAgent> machines = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            machines.add(
                    master.agent("10.0." + i / 250 + "." + i % 250, 16, 65_536, 100_000, Map.of("rack", "r" + i % 10)));
        }
        MesosRuntime runtime =
                world.start(world.at("127.0.0.1:" + master.port()).waiting(java.time.Duration.ofMinutes(2)));
        MesosWorld.awaitConnected(runtime);
        warmUp(runtime);

        long begun = System.nanoTime();
        launch(runtime, 1, 0);
        sample("first launch", "ms", (System.nanoTime() - begun) / 1e6);

        long commits = commits();
        begun = System.nanoTime();
        launch(runtime, instances, 1);
        double seconds = (System.nanoTime() - begun) / 1e9;
        sample("all running", "s", seconds);
        sample("launch", "ms", seconds * 1000 / instances);
        sample("launches", "1/s", instances / seconds);
        sample("transactions a launch", "", (commits() - commits) / (double) instances);
        System.gc();
        java.lang.Runtime vm = java.lang.Runtime.getRuntime();
        sample("heap", "MB", (vm.totalMemory() - vm.freeMemory()) / 1048576.0);

        idle();
        lose(master, runtime, machines);
        sample("calls", "", master.count(Call.Type.ACCEPT) + master.count(Call.Type.ACKNOWLEDGE));
        runtime.close();
        master.close();
    }

    private void warmUp(MesosRuntime runtime) {
        List<InstanceId> ids = launch(runtime, 200, 900_000);
        List<CompletableFuture<Void>> removals = ids.stream()
                .map(id -> CompletableFuture.runAsync(() -> runtime.remove(id), world.timer.work()))
                .toList();
        removals.forEach(CompletableFuture::join);
    }

    private static long commits() {
        return MesosWorld.number("select xact_commit from pg_stat_database where datname = current_database()");
    }

    private List<InstanceId> launch(MesosRuntime runtime, int count, int from) {
        List<InstanceId> ids = new ArrayList<>();
        List<CompletableFuture<LaunchOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LaunchSpec spec = MesosWorld.spec(
                    MesosWorld.newId(), "tenant-" + (from + i) % 20, 250 + 250L * (i % 4), 256L << (i % 3));
            ids.add(spec.id());
            outcomes.add(CompletableFuture.supplyAsync(() -> runtime.launch(spec), world.timer.work()));
        }
        for (CompletableFuture<LaunchOutcome> outcome : outcomes) {
            if (!(outcome.join() instanceof LaunchOutcome.Launched)) {
                throw new IllegalStateException("not launched: " + outcome.join());
            }
        }
        return ids;
    }

    private void idle() throws InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Thread.sleep(5_000);
        long before = system.getProcessCpuTime();
        Thread.sleep(10_000);
        sample("idle", "% of a core", (system.getProcessCpuTime() - before) / 1e8);
    }

    /** A tenth of the agents unregisters; as many instances are launched again. */
    private void lose(FakeMesosMaster master, MesosRuntime runtime, List<FakeAgent> machines) {
        int before = runtime.observe().size();
        long begun = System.nanoTime();
        machines.subList(0, agents / 10).forEach(master::unregister);
        int left = before;
        int looks = 0;
        for (int now = runtime.observe().size();
                now != left || looks < 3;
                now = runtime.observe().size()) {
            looks = now == left ? looks + 1 : 0;
            left = now;
        }
        launch(runtime, before - left, 0);
        sample("re-placed " + (before - left), "s", (System.nanoTime() - begun) / 1e9);
    }
}
