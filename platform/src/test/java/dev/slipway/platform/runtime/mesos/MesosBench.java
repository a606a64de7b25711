package dev.slipway.platform.runtime.mesos;

import com.sun.management.OperatingSystemMXBean;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Launches many instances on many agents of the fake master, loses some of them, and idles. Run by {@code deploy/bench
 * mesos}; prints one sample a line: case, metric, unit, value. The cluster is another process, so that what is measured
 * is the framework with its database driver alone.
 */
final class MesosBench {
    private static final int TENANTS = 20;

    private final MesosWorld world = new MesosWorld();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final String name;
    private final int agents;
    private final int instances;
    private final Process cluster;
    private final BufferedReader answers;
    private final PrintWriter orders;

    private MesosBench(int agents, int instances) throws IOException {
        this.name = agents + " agents, " + instances + " instances";
        this.agents = agents;
        this.instances = instances;
        this.cluster = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx2g",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MesosBenchCluster.class.getName(),
                        String.valueOf(agents))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.answers = cluster.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintWriter(cluster.outputWriter(StandardCharsets.UTF_8), true);
    }

    /** {@code AGENTS INSTANCES}. */
    public static void main(String[] arguments) throws Exception {
        MesosBench bench = new MesosBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        try {
            bench.run();
        } finally {
            bench.cluster.destroy();
        }
        System.exit(0);
    }

    private long ask(String order) throws IOException {
        orders.println(order);
        return Long.parseLong(answers.readLine());
    }

    private void sample(String metric, String unit, double value) {
        System.out.printf(Locale.ROOT, "%s\t%s\t%s\t%.3f%n", name, metric, unit, value);
    }

    private void run() throws Exception {
        long port = Long.parseLong(answers.readLine());
        MesosRuntime runtime = world.start(world.at("127.0.0.1:" + port).waiting(Duration.ofMinutes(2)));
        MesosWorld.awaitConnected(runtime);
        warmUp(runtime);

        long begun = System.nanoTime();
        launch(runtime, 1, 0);
        sample("first launch", "ms", (System.nanoTime() - begun) / 1e6);
        launchAll(runtime);
        idle();
        lose(runtime);
        sample("calls", "", ask("calls"));
        runtime.close();
    }

    private void launchAll(MesosRuntime runtime) throws IOException {
        long rows = rows();
        long commits = commits();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        launch(runtime, instances, 1);
        double seconds = (System.nanoTime() - begun) / 1e9;
        sample("all running", "s", seconds);
        sample("launch", "ms", seconds * 1000 / instances);
        sample("launches", "1/s", instances / seconds);
        sample("cpu a launch", "ms", (system.getProcessCpuTime() - cpu) / 1e6 / instances);
        sample("rows written a launch", "", (rows() - rows) / (double) instances);
        sample("transactions a launch", "", (commits() - commits) / (double) instances);
        if (ask("running") != instances + 1) {
            throw new IllegalStateException("the cluster runs " + ask("running"));
        }
        System.gc();
        java.lang.Runtime vm = java.lang.Runtime.getRuntime();
        sample("heap", "MB", (vm.totalMemory() - vm.freeMemory()) / 1048576.0);
    }

    private void warmUp(MesosRuntime runtime) {
        for (int round = 0; round < 4; round++) {
            List<InstanceId> ids = launch(runtime, 500, 900_000);
            List<CompletableFuture<Void>> removals = ids.stream()
                    .map(id -> CompletableFuture.runAsync(() -> runtime.remove(id), world.timer.work()))
                    .toList();
            removals.forEach(CompletableFuture::join);
        }
    }

    private static long commits() {
        return MesosWorld.number("select xact_commit from pg_stat_database where datname = current_database()");
    }

    /** Statistics are a second behind. */
    private static long rows() {
        MesosWorld.number("select count(*) from (select pg_stat_clear_snapshot(), pg_sleep(1.1)) as late");
        return MesosWorld.number(
                "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables where relname = 'mesos_task'");
    }

    private List<InstanceId> launch(MesosRuntime runtime, int count, int from) {
        List<InstanceId> ids = new ArrayList<>();
        List<CompletableFuture<LaunchOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LaunchSpec spec = MesosWorld.spec(
                    MesosWorld.newId(), "tenant-" + (from + i) % TENANTS, 250 + 250L * (i % 4), 256L << (i % 3));
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
        Thread.sleep(5_000);
        long before = system.getProcessCpuTime();
        Thread.sleep(10_000);
        sample("idle", "% of a core", (system.getProcessCpuTime() - before) / 1e8);
    }

    /** A tenth of the agents unregisters; as many instances are launched again. */
    private void lose(MesosRuntime runtime) throws IOException {
        int before = runtime.observe().size();
        long begun = System.nanoTime();
        orders.println("lose " + agents / 10);
        answers.readLine();
        int left = (int) ask("running");
        while (runtime.observe().size() > left) {
            Thread.onSpinWait();
        }
        sample("loss of " + (before - left) + " seen", "s", (System.nanoTime() - begun) / 1e9);
        launch(runtime, before - left, 0);
        sample("re-placed " + (before - left), "s", (System.nanoTime() - begun) / 1e9);
    }
}
