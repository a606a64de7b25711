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
import dev.slipway.platform.runtime.mesos.wire.MasterCredentials;
import dev.slipway.tenancy.identity.TenantName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything that goes wrong between a master, its agents, the database and us. */
@Timeout(60)
class MesosFaultsTest {
    private final MesosWorld world = new MesosWorld();
    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeMesosMaster master;
    private FakeAgent agent;
    private MesosRuntime runtime;

    @BeforeEach
    void start() {
        master = master(behaviour());
        agent = master.agent("127.0.0.1", 8, 4_096, 1_000, Map.of("rack", "r1"));
        runtime = started("127.0.0.1:" + master.port());
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

    private MesosRuntime started(String masters) {
        return started(world.at(masters));
    }

    private MesosRuntime started(MesosSite site) {
        MesosRuntime made = world.start(site);
        open.add(made);
        MesosWorld.awaitConnected(made);
        return made;
    }

    private InstanceId launched() {
        InstanceId id = MesosWorld.newId();
        assertThat(runtime.launch(MesosWorld.spec(id, "acme", 100, 64))).isInstanceOf(LaunchOutcome.Launched.class);
        return id;
    }

    private boolean runs(InstanceId id) {
        return runtime.observe().stream()
                .anyMatch(seen -> seen.id().equals(id) && seen.state() instanceof Observed.State.Running);
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        Await.until(what, MesosWorld.BOUND, condition);
    }

    private void awaitReconnected(int subscriptions) {
        await(
                "connected again",
                () -> runtime.health().available() && master.frameworks().size() == subscriptions);
    }

    private static long rows(InstanceId id) {
        return MesosWorld.number("select count(*) from mesos_task where id = '" + id.value() + "'");
    }

    @Test
    void theFrameworkIdIsInTheDatabaseBeforeTheMasterHearsIt() {
        assertThat(master.frameworks())
                .singleElement()
                .satisfies(id -> assertThat(MesosWorld.number(
                                "select count(*) from mesos_framework where framework_id = '" + id + "'"))
                        .isEqualTo(1));
    }

    @Test
    void nothingIsAcknowledgedWhileItCannotBeStored() {
        InstanceId id = launched();
        await("all acknowledged", () -> master.unacknowledged() == 0);
        world.databaseDown.set(true);
        master.executor(
                id.text(), TaskState.TASK_FAILED, status -> status.setMessage("Container exited with status 3"));
        await("away", () -> !runtime.health().available());
        assertThat(master.unacknowledged()).isEqualTo(1);
        world.databaseDown.set(false);
        await("acknowledged at last", () -> master.unacknowledged() == 0);
        await(
                "seen as ended",
                () -> runtime.health().available()
                        && runtime.observe().stream()
                                .anyMatch(seen -> seen.id().equals(id)
                                        && seen.state() instanceof Observed.State.Exited exited
                                        && exited.code() == 3));
    }

    @Test
    void aSucceededLeaderStoresNothingAndLaunchesNothing() {
        world.succeeded();
        InstanceId id = MesosWorld.newId();
        CompletableFuture<LaunchOutcome> launch = CompletableFuture.supplyAsync(
                () -> runtime.launch(MesosWorld.spec(id, "acme", 100, 64)), world.timer.work());
        await("away", () -> !runtime.health().available());
        assertThat(rows(id)).isZero();
        assertThat(master.tasks()).isEmpty();
        world.leadAgain();
        assertThat(launch.join()).isInstanceOf(LaunchOutcome.Launched.class);
    }

    @Test
    void surprise13_aCutInTheMiddleOfARecordIsSurvived() {
        InstanceId id = launched();
        master.cut();
        int before = master.count(Call.Type.RECONCILE);
        await("asked again", () -> master.count(Call.Type.RECONCILE) > before);
        assertThat(runs(id)).isTrue();
        launched();
    }

    @Test
    void aMasterThatFallsSilentIsLeft() {
        FakeMesosMaster quiet = master(behaviour().beating(Duration.ofMillis(200)));
        quiet.agent("127.0.0.1", 8, 4_096, 1_000, Map.of());
        MesosWorld other = new MesosWorld();
        open.add(other);
        MesosRuntime beaten = other.start(other.at("127.0.0.1:" + quiet.port()));
        open.add(beaten);
        MesosWorld.awaitConnected(beaten);
        quiet.mute(true);
        await("noticed", () -> !beaten.health().available());
        quiet.mute(false);
        MesosWorld.awaitConnected(beaten);
    }

    @Test
    void surprise44_aRestartedMasterIsAskedUntilTheAgentsAreBack() {
        InstanceId id = launched();
        String before = master.frameworks().getFirst();
        master.restart();
        awaitReconnected(1);
        assertThat(master.frameworks()).containsExactly(before);
        assertThat(runs(id)).as("silence kills nothing").isTrue();
        master.duplicating(true);
        master.agentsReturn();
        assertThat(master.tasks()).containsEntry(id.text(), TaskState.TASK_RUNNING);
        runtime.stop(id, Duration.ofSeconds(1));
        assertThat(runs(id)).isFalse();
    }

    @Test
    void surprise56_aMasterThatDoesNotLeadIsFollowedToTheOneThatDoes() {
        FakeMesosMaster follower = master(behaviour());
        follower.redirect("127.0.0.1:" + master.port());
        MesosWorld other = new MesosWorld();
        open.add(other);
        MesosRuntime led = other.start(other.at("127.0.0.1:1,127.0.0.1:" + follower.port()));
        open.add(led);
        MesosWorld.awaitConnected(led);
        assertThat(led.health().version()).contains(String.valueOf(master.port()));
        FakeMesosMaster next = master(behaviour());
        next.agent("127.0.0.1", 8, 4_096, 1_000, Map.of());
        follower.redirect(null);
        follower.unavailable("No leader elected");
        master.redirect("127.0.0.1:" + next.port());
        master.cut();
        await(
                "waits while nobody leads",
                () -> led.health().version().contains("No leader elected")
                        || !led.health().available());
        follower.unavailable(null);
        follower.redirect("127.0.0.1:" + next.port());
        await("follows", () -> led.health().version().contains(":" + next.port()));
    }

    @Test
    void aLaunchWaitsForTheNodeThatWasChosen() {
        master.agent("127.0.0.7", 8, 4_096, 1_000, Map.of("rack", "r7"));
        for (int i = 0; i < 3; i++) {
            InstanceId id = MesosWorld.newId();
            assertThat(runtime.launch(MesosWorld.spec(id, "acme", 100, 64).on("127.0.0.7")))
                    .isInstanceOf(LaunchOutcome.Launched.class);
        }
        assertThat(runtime.operator())
                .satisfies(operator -> assertThat(operator.tasks())
                        .extracting(MesosOperator.KnownTask::agentId)
                        .containsOnly(master.agentId("127.0.0.7")));
    }

    @Test
    void surprise46_aLostAgentComesBackWithWhatItHas() {
        InstanceId id = launched();
        ConcurrentLinkedQueue<NodeNotice> notices = new ConcurrentLinkedQueue<>();
        runtime.watchNotices(notices::add);
        master.lose(agent);
        await("noticed", () -> notices.stream().anyMatch(NodeNotice.Silent.class::isInstance));
        await(
                "seen as silent, not as ended",
                () -> runtime.observe().stream()
                        .anyMatch(seen -> seen.id().equals(id) && seen.state() instanceof Observed.State.Silent));
        master.returned(agent);
        await("seen again", () -> runs(id));
        await(
                "phase",
                () -> MesosWorld.number(
                                "select count(*) from mesos_task where id = '" + id.value() + "' and phase = 'RUNNING'")
                        == 1);
        assertThat(master.tasks()).containsEntry(id.text(), TaskState.TASK_RUNNING);
    }

    @Test
    void surprise48_anAgentThatUnregistersTakesItsTasksWithIt() {
        InstanceId id = launched();
        master.unregister(agent);
        await(
                "gone",
                () -> runtime.observe().stream().noneMatch(seen -> seen.id().equals(id)));
    }

    @Test
    void surprise39_aKillIntoThePartitionIsSaidAgain() {
        InstanceId id = launched();
        master.lose(agent);
        CompletableFuture<Void> stop =
                CompletableFuture.runAsync(() -> runtime.stop(id, Duration.ofSeconds(10)), world.timer.work());
        await("kill was said", () -> master.count(Call.Type.KILL) == 1);
        assertThat(stop).isNotDone();
        master.returned(agent);
        stop.join();
        assertThat(runs(id)).isFalse();
        assertThat(master.count(Call.Type.KILL)).isGreaterThan(1);
    }

    @Test
    void offersTakenBackWhileTheyAreUsedCostATry() {
        launched();
        for (int round = 0; round < 5; round++) {
            master.rescindAll();
            launched();
        }
    }

    @Test
    void duplicatedUpdatesChangeNothing() {
        master.duplicating(true);
        InstanceId id = launched();
        master.executor(
                id.text(), TaskState.TASK_FAILED, status -> status.setMessage("Container exited with status 9"));
        await("ended", () -> !runs(id));
        await("acknowledged", () -> master.unacknowledged() == 0);
        assertThat(rows(id)).isEqualTo(1);
    }

    @Test
    void surprise04_aLimitBelowWhatRunsStopsNothingButOffers() throws Exception {
        InstanceId id = launched();
        runtime.operator().limit(TenantName.of("acme"), 50, 32L << 20);
        assertThat(runs(id)).isTrue();
        runtime.close();
        MesosRuntime hasty = started(world.at("127.0.0.1:" + master.port()).waiting(Duration.ofSeconds(3)));
        LaunchOutcome outcome = CompletableFuture.supplyAsync(
                        () -> hasty.launch(MesosWorld.spec(MesosWorld.newId(), "acme", 100, 64)), world.timer.work())
                .join();
        assertThat(((LaunchOutcome.Unavailable) outcome).reason()).contains("64 MB");
    }

    @Test
    void idleCostsNothing() {
        launched();
        await("suppressed", () -> master.count(Call.Type.SUPPRESS) >= 1 && master.outstandingOffers() == 0);
        int before =
                master.count(Call.Type.DECLINE) + master.count(Call.Type.REVIVE) + master.count(Call.Type.SUPPRESS);
        FakeAgent another = master.agent("127.0.0.2", 8, 4_096, 1_000, Map.of());
        assertThat(another.id()).isNotEmpty();
        MesosRuntime second = runtime;
        Await.until("a while", Duration.ofSeconds(20), new java.util.function.BooleanSupplier() {
            private int looks;

            @Override
            public boolean getAsBoolean() {
                return ++looks > 60 && second.health().available();
            }
        });
        assertThat(master.count(Call.Type.DECLINE) + master.count(Call.Type.REVIVE) + master.count(Call.Type.SUPPRESS))
                .isEqualTo(before);
        assertThat(master.outstandingOffers()).isZero();
    }

    @Test
    void surprise55_aMasterThatWantsToKnowWhoAsks() {
        FakeMesosMaster strict = master(behaviour().with(Map.of("slipway", "s3cret")));
        strict.agent("127.0.0.1", 8, 4_096, 1_000, Map.of());
        MesosWorld other = new MesosWorld();
        open.add(other);
        MesosSite site = other.at("127.0.0.1:" + strict.port());
        MesosRuntime stranger = other.start(site);
        open.add(stranger);
        await("says what is missing", () -> stranger.health().version().contains("principal and secret"));
        stranger.close();
        for (MasterCredentials known :
                List.of(new MasterCredentials.Basic("slipway", "s3cret"), new MasterCredentials.Bearer("s3cret"))) {
            MesosWorld third = new MesosWorld();
            open.add(third);
            MesosRuntime friend = third.start(MesosSite.of(third.site, "127.0.0.1:" + strict.port(), known)
                    .waiting(Duration.ofSeconds(15)));
            open.add(friend);
            MesosWorld.awaitConnected(friend);
            friend.close();
            assertThat(known.toString()).doesNotContain("s3cret");
        }
    }
}
