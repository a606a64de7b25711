package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.mesos.fake.Execution;
import dev.slipway.platform.runtime.mesos.fake.FakeAgent;
import dev.slipway.platform.runtime.mesos.fake.FakeBehaviour;
import dev.slipway.platform.runtime.mesos.fake.FakeMesosMaster;
import dev.slipway.platform.runtime.mesos.fake.RealTimer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** The cluster of {@link MesosBench} in a process of its own: told what happens by lines, answers each by one. */
final class MesosBenchCluster {
    private MesosBenchCluster() {}

    /** {@code AGENTS}: says its port first, then takes {@code lose COUNT}, {@code running} and {@code calls}. */
    public static void main(String[] arguments) throws IOException {
        RealTimer timer = new RealTimer();
        FakeMesosMaster master =
                new FakeMesosMaster(FakeBehaviour.standard(timer, Clock.systemUTC(), Execution.INSTANT));
        master.forgetCalls();
        List<FakeAgent> agents = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            agents.add(
                    master.agent("10.0." + i / 250 + "." + i % 250, 16, 65_536, 100_000, Map.of("rack", "r" + i % 10)));
        }
        System.out.println(master.port());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "lose" -> {
                    agents.subList(0, Integer.parseInt(words[1])).forEach(master::unregister);
                    System.out.println("lost");
                }
                case "running" -> System.out.println(master.running());
                default -> System.out.println(master.count(Call.Type.ACCEPT) + master.count(Call.Type.ACKNOWLEDGE));
            }
        }
        System.exit(0);
    }
}
