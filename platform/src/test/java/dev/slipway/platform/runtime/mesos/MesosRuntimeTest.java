package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeContract;
import dev.slipway.platform.runtime.mesos.fake.FakeBehaviour;
import dev.slipway.platform.runtime.mesos.fake.FakeMesosMaster;
import dev.slipway.platform.runtime.mesos.fake.ShellExecution;
import dev.slipway.registry.oci.ImageReference;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A Mesos cluster is a runtime like any other. */
class MesosRuntimeTest extends RuntimeContract {
    private static MesosWorld world;
    private static FakeMesosMaster master;
    private static MesosRuntime runtime;

    @BeforeAll
    static void start() {
        world = new MesosWorld();
        master = new FakeMesosMaster(FakeBehaviour.standard(
                        world.timer, Clock.systemUTC(), ShellExecution.knowing(Set.of(MesosWorld.IMAGE.toString())))
                .quick());
        master.agent("127.0.0.1", 16, 32_768, 10_000, Map.of("rack", "r1"));
        master.agent("127.0.0.2", 16, 32_768, 10_000, Map.of("rack", "r2"));
        runtime = world.start(world.at("127.0.0.1:" + master.port()));
        MesosWorld.awaitConnected(runtime);
    }

    @AfterAll
    static void stop() {
        runtime.close();
        master.close();
        world.close();
    }

    @Override
    protected Runtime runtime() {
        return runtime;
    }

    @Override
    protected ImageReference image() {
        return MesosWorld.IMAGE;
    }

    @Override
    protected PullCredentials credentials() {
        return new PullCredentials("robot", "secret");
    }

    @Override
    protected boolean boostsStarts() {
        return false;
    }

    @Override
    protected boolean runsCommands() {
        return false;
    }

    @Override
    protected boolean carriesInput() {
        return false;
    }
}
