package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.HealthSpec;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.InverseOffer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.TimeInfo;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** Decisions alone, when things come late, twice, in the wrong order, or not at all. */
class SchedulerFaultsTest extends CoreWorld {

    @Test
    void surprise07_aTakenKillIsNotAKilledTask() {
        InstanceId id = running();
        assertThat(of(core.stop(id, Duration.ofSeconds(1), false, now), Effect.Over.class))
                .isEmpty();
        List<Effect> effects =
                heard(id, TaskState.TASK_GONE, status -> status.setReason(TaskStatus.Reason.REASON_RECONCILIATION));
        assertThat(of(effects, Effect.Over.class)).containsExactly(new Effect.Over(id));
    }

    @Test
    void surprise08_theRefusalMayComeBeforeTheAnswerToTheCall() {
        core.subscribed(now);
        InstanceId id = MesosWorld.newId();
        core.want(demand(id, 64), now);
        core.settle(now);
        List<Effect> accepted = core.heard(offer("O1", "S0", 4, 1024), now);
        assertThat(accepted.getFirst())
                .as("the intent is there before anything is said")
                .isInstanceOf(Effect.Store.class);
        List<Effect> refused = heard(
                id,
                TaskState.TASK_ERROR,
                status ->
                        status.setReason(TaskStatus.Reason.REASON_TASK_INVALID).setMessage("no"));
        assertThat(of(refused, Effect.Answer.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.outcome()).isInstanceOf(LaunchOutcome.Refused.class));
        assertThat(of(refused, Effect.Delete.class)).containsExactly(new Effect.Delete(id));
    }

    @Test
    void surprise10_timesAreExactToTheNanosecond() {
        running();
        long start = 1_795_381_900_872_860_417L;
        List<Effect> effects = core.heard(
                event(
                        Event.Type.INVERSE_OFFERS,
                        event -> event.getInverseOffersBuilder()
                                .addInverseOffers(InverseOffer.newBuilder()
                                        .setId(OfferID.newBuilder().setValue("I1"))
                                        .setFrameworkId(FrameworkID.newBuilder().setValue("f"))
                                        .setAgentId(AgentID.newBuilder().setValue("S0"))
                                        .setUnavailability(Unavailability.newBuilder()
                                                .setStart(TimeInfo.newBuilder().setNanoseconds(start))))),
                now);
        assertThat(of(effects, Effect.Node.class))
                .containsExactly(new Effect.Node(
                        new NodeNotice.Leaving("10.0.0.1", Instant.ofEpochSecond(0, start), Optional.empty())));
    }

    @Test
    void surprise11_theUuidGoesBackByteForByte() {
        InstanceId id = running();
        byte[] uuid = {1, -2, 3, -4, 5, -6, 0x47, -8, -127, 10, 11, 12, 13, 14, 15, 0};
        List<Effect> effects = heard(id, TaskState.TASK_FINISHED, status -> status.setUuid(ByteString.copyFrom(uuid)));
        assertThat(calls(effects, Call.Type.ACKNOWLEDGE))
                .singleElement()
                .satisfies(call -> assertThat(call.getAcknowledge().getUuid().toByteArray())
                        .isEqualTo(uuid));
    }

    @Test
    void surprise36_checksOfABridgedInstanceGoToItsOwnPort() {
        LaunchSpec spec = MesosWorld.spec(MesosWorld.newId(), "acme", 100, 64);
        LaunchSpec checked = new LaunchSpec(
                spec.id(),
                spec.tenant(),
                spec.app(),
                spec.process(),
                spec.index(),
                spec.release(),
                spec.image(),
                spec.command(),
                spec.environment(),
                spec.port(),
                spec.limits(),
                Optional.of(new HealthSpec.HttpGet("/up", Duration.ofSeconds(5), Duration.ofSeconds(2))),
                spec.labels(),
                spec.credentials());
        Demand demand = new Demand(checked, false, now);
        HealthCheck bridged = new TaskInfos(SITE, installation, MesosWorld.TICKETS)
                .of(demand, "S0", 31_000)
                .getHealthCheck();
        assertThat(bridged.getHttp().getPort()).isEqualTo(8080);
        HealthCheck own = new TaskInfos(SITE.with(MesosSite.Containerizer.MESOS), installation, MesosWorld.TICKETS)
                .of(demand, "S0", 31_000)
                .getHealthCheck();
        assertThat(own.getHttp().getPort()).as("in the agent's network").isEqualTo(31_000);
    }

    @Test
    void anOlderStateThatComesLateChangesNothing() {
        InstanceId id = running();
        assertThat(of(executor(id, TaskState.TASK_STARTING, ""), Effect.Store.class))
                .isEmpty();
        assertThat(phase(id)).isEqualTo(MesosTask.Phase.RUNNING);
        executor(id, TaskState.TASK_FAILED, "Container exited with status 3");
        for (TaskState late : List.of(TaskState.TASK_RUNNING, TaskState.TASK_STARTING, TaskState.TASK_UNREACHABLE)) {
            List<Effect> effects = executor(id, late, "");
            assertThat(of(effects, Effect.Store.class)).as(late.name()).isEmpty();
            assertThat(of(effects, Effect.Tell.class)).as(late.name()).isEmpty();
            assertThat(calls(effects, Call.Type.ACKNOWLEDGE)).as(late.name()).hasSize(1);
        }
        assertThat(core.find(id).orElseThrow().ending().orElseThrow().code()).isEqualTo(3);
    }

    @Test
    void aRunningThatOvertakesTheStartingIsARunning() {
        core.subscribed(now);
        InstanceId id = MesosWorld.newId();
        core.want(demand(id, 64), now);
        core.settle(now);
        core.heard(offer("O1", "S0", 4, 1024), now);
        List<Effect> effects = executor(id, TaskState.TASK_RUNNING, "");
        assertThat(of(effects, Effect.Answer.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.outcome()).isInstanceOf(LaunchOutcome.Launched.class));
        executor(id, TaskState.TASK_STARTING, "");
        assertThat(phase(id)).isEqualTo(MesosTask.Phase.RUNNING);
    }

    /** The clocks of agents are not ours. */
    @Test
    void timestampsOfOthersAreNotBelieved() {
        for (double timestamp : new double[] {0, 4e9, -1}) {
            InstanceId id = running();
            heard(
                    id,
                    TaskState.TASK_FAILED,
                    status -> status.setTimestamp(timestamp).setUuid(ByteString.copyFromUtf8(id.text())));
            assertThat(core.find(id).orElseThrow().since()).isEqualTo(now);
        }
    }

    @Test
    void aClockThatJumpsBackHoldsNothingUpForLong() {
        running();
        Instant before = now.minus(Duration.ofHours(1));
        InstanceId next = MesosWorld.newId();
        core.want(new Demand(MesosWorld.spec(next, "acme", 100, 64), false, before.plusSeconds(30)), before);
        core.settle(before);
        core.heard(offer("O9", "S0", 4, 1024), before);
        executor(next, TaskState.TASK_RUNNING, "");
        assertThat(phase(next)).isEqualTo(MesosTask.Phase.RUNNING);
        assertThat(core.tick(before)).as("and the clock is looked at").isNotNull();
    }

    /** What the database has when a process dies after so many effects. */
    private static List<MesosTask> stored(List<Effect> effects, int until) {
        Map<InstanceId, MesosTask> rows = new LinkedHashMap<>();
        for (Effect effect : effects.subList(0, until)) {
            if (effect instanceof Effect.Store store) {
                rows.put(store.task().id(), store.task());
            } else if (effect instanceof Effect.Delete delete) {
                rows.remove(delete.id());
            }
        }
        return List.copyOf(rows.values());
    }

    @Test
    void whereverTheLeaderDiesThereIsOneInstanceOrNoneAndNeverTwo() {
        InstanceId id = MesosWorld.newId();
        core.subscribed(now);
        List<Effect> all = new ArrayList<>(core.want(demand(id, 64), now));
        all.addAll(core.settle(now));
        all.addAll(core.heard(offer("O1", "S0", 4, 1024), now));
        all.addAll(executor(id, TaskState.TASK_STARTING, ""));
        all.addAll(executor(id, TaskState.TASK_RUNNING, ""));
        int looked = 0;
        for (int died = 0; died <= all.size(); died++) {
            List<Effect> before = all.subList(0, died);
            List<MesosTask> rows = stored(all, died);
            boolean told = !calls(before, Call.Type.ACCEPT).isEmpty();
            assertThat(told && rows.isEmpty())
                    .as("nothing was told to Mesos that is not written down, step " + died)
                    .isFalse();
            core = fresh(rows);
            core.subscribed(now);
            core.tick(now);
            if (told) {
                heard(id, TaskState.TASK_RUNNING, status -> status.setReason(TaskStatus.Reason.REASON_RECONCILIATION));
                assertThat(phase(id)).as("step " + died).isEqualTo(MesosTask.Phase.RUNNING);
                assertThat(of(core.want(demand(id, 64), now), Effect.Answer.class))
                        .as("launching it again launches nothing, step " + died)
                        .singleElement()
                        .satisfies(
                                answer -> assertThat(answer.outcome()).isInstanceOf(LaunchOutcome.AlreadyThere.class));
            } else if (!rows.isEmpty()) {
                heard(id, TaskState.TASK_GONE, status -> status.setReason(TaskStatus.Reason.REASON_RECONCILIATION));
                assertThat(core.find(id)).as("step " + died).isEmpty();
                core.want(demand(id, 64), now);
                core.settle(now);
                assertThat(calls(core.heard(offer("O2", "S0", 4, 1024), now), Call.Type.ACCEPT))
                        .as("it can be launched again, step " + died)
                        .hasSize(1);
            }
            looked++;
        }
        assertThat(looked).isGreaterThan(5);
    }
}
