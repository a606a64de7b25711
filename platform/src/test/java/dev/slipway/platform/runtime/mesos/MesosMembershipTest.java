package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.runtime.Await;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.Membership;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.mesos.fake.Execution;
import dev.slipway.platform.runtime.mesos.fake.FakeBehaviour;
import dev.slipway.platform.runtime.mesos.fake.FakeMesosMaster;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.TenantName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cluster keeps of us, and how it is taken over, given up and told from another one's. */
@Timeout(60)
class MesosMembershipTest {
    private final MesosWorld world = new MesosWorld();
    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeMesosMaster master;
    private MesosRuntime runtime;

    @BeforeEach
    void start() {
        master = master();
        master.agent("127.0.0.1", 8, 4_096, 1_000, Map.of("rack", "r1"));
        runtime = started("127.0.0.1:" + master.port());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        world.close();
    }

    private FakeMesosMaster master() {
        FakeMesosMaster made =
                new FakeMesosMaster(FakeBehaviour.standard(world.timer, Clock.systemUTC(), Execution.INSTANT)
                        .quick());
        open.add(made);
        return made;
    }

    private MesosRuntime started(String masters) {
        MesosRuntime made = world.start(world.at(masters));
        open.add(made);
        MesosWorld.awaitConnected(made);
        return made;
    }

    private InstanceId launched() {
        InstanceId id = MesosWorld.newId();
        assertThat(runtime.launch(MesosWorld.spec(id, "acme", 100, 64))).isInstanceOf(LaunchOutcome.Launched.class);
        return id;
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        Await.until(what, MesosWorld.BOUND, condition);
    }

    private static long rows(InstanceId id) {
        return MesosWorld.number("select count(*) from mesos_task where id = '" + id.value() + "'");
    }

    @Test
    void anOlderMasterIsRefusedWithItsVersion() {
        Membership cluster = runtime.membership().orElseThrow();
        assertThat(cluster.version()).isEqualTo("Apache Mesos 1.11.0");
        for (String old : List.of("1.8.3", "0.28.0", "2.0.0")) {
            master.version(old);
            assertThatThrownBy(cluster::version)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(old)
                    .hasMessageContaining("1.9 or a newer");
        }
        master.version("1.9.1-rc2");
        assertThat(cluster.version()).isEqualTo("Apache Mesos 1.9.1-rc2");
    }

    @Test
    void surprise43_aRemovedFrameworkWaitsForAPerson() {
        launched();
        String removed = master.frameworks().getFirst();
        master.teardown(removed);
        await("says so", () -> runtime.health().version().contains("adopt"));
        assertThat(runtime.health().version()).contains(removed).contains("Framework has been removed");
        assertThatThrownBy(runtime::observe)
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("retire");
        assertThat(master.frameworks()).isEmpty();
        runtime.membership().orElseThrow().retire();
        MesosWorld.awaitConnected(runtime);
        assertThat(master.frameworks()).singleElement().isNotEqualTo(removed);
        assertThat(runtime.observe()).isEmpty();
        launched();
    }

    @Test
    void aLostDatabaseIsRebuiltFromTheLabelsOfTasks() throws Exception {
        InstanceId id = launched();
        String framework = master.frameworks().getFirst();
        runtime.close();
        MesosWorld.change("delete from mesos_framework where site = '" + world.site + "'");
        assertThat(rows(id)).isZero();
        MesosWorld fresh = new MesosWorld();
        open.add(fresh);
        MesosRuntime second = fresh.start(fresh.at("127.0.0.1:" + master.port()));
        open.add(second);
        MesosWorld.awaitConnected(second);
        Membership cluster = second.membership().orElseThrow();
        assertThat(cluster.registrations())
                .filteredOn(known -> known.id().equals(framework))
                .singleElement()
                .satisfies(known -> {
                    assertThat(known.connected()).isFalse();
                    assertThat(known.site()).isEqualTo(world.site);
                    assertThat(known.instances()).isEqualTo(1);
                });
        List<Membership.Found> found = cluster.found(framework);
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(id);
            assertThat(one.node()).isEqualTo("127.0.0.1");
            assertThat(one.origin())
                    .contains(new Membership.Origin(
                            TenantName.of("acme"), AppName.of("shop"), "web", 1, "v12", 100, 64 << 20));
        });
        cluster.adopt(framework, found, List.of(), List.of());
        cluster.renew();
        await("adopted", () -> sees(second, id));
    }

    /** Not while it subscribes anew. */
    private static boolean sees(MesosRuntime runtime, InstanceId id) {
        try {
            return runtime.observe().stream().anyMatch(seen -> seen.id().equals(id));
        } catch (RuntimeUnavailableException between) {
            return false;
        }
    }

    @Test
    void whatBelongsToNothingIsLeftAloneAndSeenByNobody() throws Exception {
        InstanceId aside = launched();
        InstanceId ended = launched();
        String framework = master.frameworks().getFirst();
        Membership cluster = runtime.membership().orElseThrow();
        List<Membership.Found> found = cluster.found(framework);
        cluster.adopt(framework, List.of(), of(found, aside), of(found, ended));
        cluster.renew();
        await("one has ended", () -> master.running() == 1 && runtime.health().available());
        assertThat(runtime.observe()).isEmpty();
        assertThat(cluster.aside()).isEqualTo(1);
        assertThat(master.tasks()).containsEntry(aside.text(), TaskState.TASK_RUNNING);
        master.executor(
                aside.text(), TaskState.TASK_FINISHED, status -> status.setMessage("Container exited with status 0"));
        await("forgotten once it has ended", () -> cluster.aside() == 0);
    }

    private static List<Membership.Found> of(List<Membership.Found> found, InstanceId id) {
        return found.stream().filter(one -> one.id().equals(id)).toList();
    }

    @Test
    void theMasterOfAnotherClusterIsToldNothing() {
        InstanceId id = launched();
        runtime.close();
        FakeMesosMaster other = master();
        other.agent("127.0.0.9", 8, 4_096, 1_000, Map.of());
        MesosRuntime astray = world.start(world.at("127.0.0.1:" + other.port()));
        open.add(astray);
        await("says so", () -> astray.health().version().contains("another cluster"));
        assertThat(astray.health().version()).contains("sites:change", "sites:retire");
        assertThat(other.frameworks()).isEmpty();
        assertThat(other.count(Call.Type.SUBSCRIBE)).isZero();
        assertThat(master.tasks()).containsEntry(id.text(), TaskState.TASK_RUNNING);
        started("127.0.0.1:" + master.port());
        assertThat(master.tasks()).containsEntry(id.text(), TaskState.TASK_RUNNING);
    }

    @Test
    void surprise40_aSiteThatLeavesWaitsForNoWordOfItsTasks() {
        launched();
        runtime.membership().orElseThrow().leave();
        assertThat(master.frameworks()).isEmpty();
        assertThat(master.running()).isZero();
        await("it stays away", () -> runtime.health().version().contains("taken away"));
        assertThat(MesosWorld.number("select count(*) from mesos_framework where site = '" + world.site + "'"))
                .isZero();
        assertThat(master.frameworks()).isEmpty();
    }
}
