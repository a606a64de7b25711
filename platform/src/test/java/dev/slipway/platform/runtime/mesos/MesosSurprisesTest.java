package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.Await;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.mesos.fake.Execution;
import dev.slipway.platform.runtime.mesos.fake.FakeAgent;
import dev.slipway.platform.runtime.mesos.fake.FakeBehaviour;
import dev.slipway.platform.runtime.mesos.fake.FakeMesosMaster;
import dev.slipway.platform.runtime.mesos.wire.Asking;
import dev.slipway.platform.runtime.mesos.wire.MasterCredentials;
import dev.slipway.tenancy.identity.TenantName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What would surprise an implementer, over the wire. Numbers are those of the recordings' README. */
@Timeout(60)
class MesosSurprisesTest {
    private final MesosWorld world = new MesosWorld();
    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeMesosMaster master;
    private FakeAgent agent;
    private MesosRuntime runtime;

    @BeforeEach
    void start() {
        master = master(behaviour());
        agent = master.agent("127.0.0.1", 8, 4_096, 1_000, Map.of("rack", "r1"));
        runtime = started(world.at("127.0.0.1:" + master.port()));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        world.close();
    }

    private FakeBehaviour behaviour() {
        return FakeBehaviour.standard(world.timer, Clock.systemUTC(), Execution.INSTANT)
                .quick();
    }

    private FakeMesosMaster master(FakeBehaviour behaviour) {
        FakeMesosMaster made = new FakeMesosMaster(behaviour);
        open.add(made);
        return made;
    }

    private MesosRuntime started(MesosSite site) {
        MesosRuntime made = world.start(site);
        open.add(made);
        MesosWorld.awaitConnected(made);
        return made;
    }

    private LaunchOutcome launch(String tenant, InstanceId id) {
        return runtime.launch(MesosWorld.spec(id, tenant, 100, 64));
    }

    private InstanceId launched() {
        InstanceId id = MesosWorld.newId();
        assertThat(launch("acme", id)).isInstanceOf(LaunchOutcome.Launched.class);
        return id;
    }

    private boolean runs(InstanceId id) {
        return runtime.health().available()
                && runtime.observe().stream()
                        .anyMatch(seen -> seen.id().equals(id) && seen.state() instanceof Observed.State.Running);
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        Await.until(what, MesosWorld.BOUND, condition);
    }

    @Test
    void surprise02_aLimitBindsTheTenantWhoseRoleItIsAndNobodyElse() throws Exception {
        runtime.operator().limit(TenantName.of("acme"), 150, 100L << 20);
        launched();
        runtime.close();
        runtime = started(world.at("127.0.0.1:" + master.port()).waiting(Duration.ofSeconds(2)));
        assertThat(launch("acme", MesosWorld.newId())).isInstanceOf(LaunchOutcome.Unavailable.class);
        assertThat(launch("globex", MesosWorld.newId())).isInstanceOf(LaunchOutcome.Launched.class);
    }

    @Test
    void surprise05_anEmptyAnswerIsAYesAndARaisedLimitIsOfferedSoon() throws Exception {
        runtime.operator().limit(TenantName.of("acme"), 50, 32L << 20);
        runtime.operator().limit(TenantName.of("acme"), 4_000, 1L << 30);
        launched();
    }

    @Test
    void surprise06_aCallThatIsRefusedBeginsANewSubscriptionAndLosesNothing() {
        InstanceId id = launched();
        int subscriptions = master.count(Call.Type.RECONCILE);
        master.forgetStreams();
        InstanceId next = MesosWorld.newId();
        assertThat(launch("globex", next)).isInstanceOf(LaunchOutcome.Launched.class);
        await("asked for all anew", () -> master.count(Call.Type.RECONCILE) > subscriptions);
        assertThat(runs(id)).isTrue();
        assertThat(runs(next)).isTrue();
        assertThat(master.running()).isEqualTo(2);
    }

    @Test
    void surprise14_aRefusalInsideTheStreamIsToldToPeople() {
        FakeMesosMaster strict = master(behaviour().with(Map.of("slipway", "s3cret")));
        strict.limit("slipway", List.of());
        strict.agent("127.0.0.1", 8, 4_096, 1_000, Map.of());
        MesosWorld other = new MesosWorld();
        open.add(other);
        MesosRuntime refused = other.start(
                MesosSite.of(other.site, "127.0.0.1:" + strict.port(), new MasterCredentials.Basic("slipway", "s3cret"))
                        .waiting(Duration.ofSeconds(2)));
        open.add(refused);
        MesosWorld.awaitConnected(refused);
        // Without a role it is let in; the first tenant's role is where the master refuses.
        assertThat(refused.launch(MesosWorld.spec(MesosWorld.newId(), "acme", 100, 64)))
                .isInstanceOf(LaunchOutcome.Unavailable.class);
        await("says why", () -> refused.health().version().contains("Not authorized to register framework"));
    }

    @Test
    void surprise16_everyCallHasAType() {
        InstanceId id = launched();
        runtime.stop(id, Duration.ofSeconds(1));
        master.maintain("127.0.0.1", Clock.systemUTC().instant().plusSeconds(3_600));
        launched();
        await("asked for all", () -> master.count(Call.Type.RECONCILE) > 0);
        assertThat(master.count(Call.Type.UNKNOWN)).isZero();
        assertThat(master.count(Call.Type.ACCEPT)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void surprise47_anAgentThatIsAwayForAMomentLosesNothing() {
        InstanceId id = launched();
        master.disconnect(agent);
        assertThat(runs(id)).isTrue();
        master.returned(agent);
        launched();
        assertThat(runs(id)).isTrue();
    }

    @Test
    void surprise50_aDrainedAgentIsDoneOnceItsEndsWereStored() {
        InstanceId id = launched();
        master.drain(agent);
        await("ended", () -> !runs(id));
        await("drained", () -> master.drained(agent));
        assertThat(runtime.nodes())
                .singleElement()
                .satisfies(node -> assertThat(node.ready()).isFalse());
        assertThat(MesosWorld.number(
                        "select count(*) from mesos_task where id = '" + id.value() + "' and phase = 'ENDED'"))
                .isEqualTo(1);
    }

    @Test
    void surprise53_filesHaveASizeAndAnEnd() throws Exception {
        InstanceId id = launched();
        SandboxFiles files = new SandboxFiles(
                new Asking(world.at("127.0.0.1:" + master.port()).dialer(), world.timer.work()));
        MesosTask task = world.ledger().tasks().getFirst();
        String framework = master.frameworks().getFirst();
        byte[] written = "one\ntwo\n".repeat(20_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        master.print(id.text(), "stdout", written);
        assertThat(files.read(framework, task, "stdout", 0, 0).orElseThrow().size())
                .isEqualTo(written.length);
        assertThat(files.read(framework, task, "stdout", 0, Long.MAX_VALUE)
                        .orElseThrow()
                        .data())
                .as("no more at once, whatever is asked")
                .hasSize(SandboxFiles.MOST);
        assertThat(files.read(framework, task, "stdout", written.length + 5L, 10)
                        .orElseThrow()
                        .data())
                .isEmpty();
        assertThat(files.read(framework, task, "nonesuch", 0, 10)).isEqualTo(Optional.empty());
    }

    @Test
    void anUpdateStormIsAcknowledgedAndNotWrittenDown() {
        InstanceId id = launched();
        await("quiet", () -> master.unacknowledged() == 0);
        String version = "select xmin::text::bigint from mesos_task where id = '" + id.value() + "'";
        long before = MesosWorld.number(version);
        int acknowledged = master.count(Call.Type.ACKNOWLEDGE);
        for (int i = 0; i < 5_000; i++) {
            master.executor(id.text(), TaskState.TASK_RUNNING, status -> status.setHealthy(false));
        }
        await("all acknowledged", () -> master.unacknowledged() == 0);
        assertThat(master.count(Call.Type.ACKNOWLEDGE) - acknowledged).isEqualTo(5_000);
        assertThat(MesosWorld.number(version)).isEqualTo(before);
        assertThat(runs(id)).isTrue();
        launched();
    }
}
