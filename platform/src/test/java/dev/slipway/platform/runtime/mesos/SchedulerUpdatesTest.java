package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.InverseOffer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.TimeInfo;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** Decisions alone, about updates and what becomes of tasks. Numbers are those of the recordings' README. */
class SchedulerUpdatesTest extends CoreWorld {

    @Test
    void surprise38_aKillNamesItsGrace() {
        InstanceId id = running();
        assertThat(calls(core.stop(id, Duration.ofSeconds(7), false, now), Call.Type.KILL))
                .singleElement()
                .satisfies(call -> assertThat(
                                call.getKill().getKillPolicy().getGracePeriod().getNanoseconds())
                        .isEqualTo(7_000_000_000L));
    }

    @Test
    void surprise39_aForgottenKillIsSaidAgainWhenTheAgentIsBack() {
        InstanceId id = running();
        heard(id, TaskState.TASK_UNREACHABLE, status -> status.setReason(TaskStatus.Reason.REASON_AGENT_REMOVED));
        core.stop(id, Duration.ofSeconds(1), false, now);
        List<Effect> effects = heard(
                id, TaskState.TASK_RUNNING, status -> status.setReason(TaskStatus.Reason.REASON_AGENT_REREGISTERED));
        assertThat(calls(effects, Call.Type.KILL)).hasSize(1);
    }

    @Test
    void surprise42_afterASubscriptionEverythingIsAskedFor() {
        InstanceId id = running();
        core.disconnected();
        core.subscribed(now);
        List<Call> asked = calls(core.tick(now), Call.Type.RECONCILE);
        assertThat(asked)
                .singleElement()
                .satisfies(call -> assertThat(
                                call.getReconcile().getTasks(0).getTaskId().getValue())
                        .isEqualTo(id.text()));
        heard(id, TaskState.TASK_RUNNING, status -> status.setReason(TaskStatus.Reason.REASON_RECONCILIATION));
        now = now.plusSeconds(2);
        List<Call> implicit = calls(core.tick(now), Call.Type.RECONCILE);
        assertThat(implicit).singleElement().satisfies(call -> {
            assertThat(call.hasReconcile())
                    .as("surprise 41: the message must be there")
                    .isTrue();
            assertThat(call.getReconcile().getTasksCount()).isZero();
        });
    }

    @Test
    void surprise43_aRemovedFrameworkIsNeverReplacedSilently() {
        List<Effect> effects = core.heard(
                event(Event.Type.ERROR, event -> event.getErrorBuilder().setMessage("Framework has been removed")),
                now);
        assertThat(effects).containsExactly(new Effect.Removed("Framework has been removed"));
    }

    @Test
    void surprise44_silenceIsAskedAgainEverMoreSlowly() {
        InstanceId id = running();
        core.disconnected();
        core.subscribed(now);
        List<Long> at = new ArrayList<>();
        for (int second = 0; second < 200; second++) {
            boolean asked = calls(core.tick(now.plusSeconds(second)), Call.Type.RECONCILE).stream()
                    .anyMatch(call -> call.getReconcile().getTasksCount() == 1);
            if (asked) {
                at.add((long) second);
            }
        }
        assertThat(at).hasSizeBetween(4, 8).startsWith(0L, 5L, 15L, 35L);
        assertThat(phase(id)).as("silence kills nothing").isEqualTo(MesosTask.Phase.RUNNING);
    }

    @Test
    void surprise44_theSameUuidTwiceCountsOnce() {
        InstanceId id = running();
        ByteString uuid = ByteString.copyFrom(new byte[] {77});
        List<Effect> first = heard(id, TaskState.TASK_FAILED, status -> status.setUuid(uuid));
        List<Effect> second = heard(id, TaskState.TASK_FAILED, status -> status.setUuid(uuid));
        assertThat(of(first, Effect.Store.class)).hasSize(1);
        assertThat(of(second, Effect.Store.class)).isEmpty();
        assertThat(calls(second, Call.Type.ACKNOWLEDGE)).hasSize(1);
    }

    @Test
    void surprise45_anAgentThatFailsIsToldOnceForTheNode() {
        running();
        List<Effect> effects = core.heard(
                event(
                        Event.Type.FAILURE,
                        event -> event.getFailureBuilder()
                                .setAgentId(AgentID.newBuilder().setValue("S0"))),
                now);
        assertThat(effects).containsExactly(new Effect.Node(new NodeNotice.Silent("10.0.0.1")));
        assertThat(core.heard(
                        event(
                                Event.Type.FAILURE,
                                event -> event.getFailureBuilder()
                                        .setAgentId(AgentID.newBuilder().setValue("S9"))),
                        now))
                .as("an agent without anything of ours")
                .isEmpty();
    }

    @Test
    void surprise46_anUnreachableTaskLivesAgain() {
        InstanceId id = running();
        heard(id, TaskState.TASK_UNREACHABLE, status -> status.setReason(TaskStatus.Reason.REASON_AGENT_REMOVED));
        assertThat(phase(id)).isEqualTo(MesosTask.Phase.UNREACHABLE);
        List<Effect> effects = heard(
                id, TaskState.TASK_RUNNING, status -> status.setReason(TaskStatus.Reason.REASON_AGENT_REREGISTERED));
        assertThat(phase(id)).isEqualTo(MesosTask.Phase.RUNNING);
        assertThat(of(effects, Effect.Tell.class))
                .as("it was never started anew")
                .isEmpty();
    }

    @Test
    void surprise48_whatWasDeclaredGoneAndComesBackIsKilled() {
        InstanceId id = running();
        heard(id, TaskState.TASK_LOST, status -> status.setReason(TaskStatus.Reason.REASON_AGENT_REMOVED));
        assertThat(phase(id)).isEqualTo(MesosTask.Phase.ENDED);
        List<Effect> effects =
                heard(id, TaskState.TASK_RUNNING, status -> status.setReason(TaskStatus.Reason.REASON_RECONCILIATION));
        assertThat(calls(effects, Call.Type.KILL)).hasSize(1);
        assertThat(core.visible()).as("its place may have been taken").isEmpty();
    }

    @Test
    void surprise52_aMaintenanceWindowIsTellingTheNodeAndAgreedToOnceItIsEmpty() {
        InstanceId id = running();
        Event asked = event(
                Event.Type.INVERSE_OFFERS,
                event -> event.getInverseOffersBuilder()
                        .addInverseOffers(InverseOffer.newBuilder()
                                .setId(OfferID.newBuilder().setValue("I1"))
                                .setFrameworkId(FrameworkID.newBuilder().setValue("f"))
                                .setAgentId(AgentID.newBuilder().setValue("S0"))
                                .setUnavailability(Unavailability.newBuilder()
                                        .setStart(TimeInfo.newBuilder().setNanoseconds(5_000_000_000L)))));
        List<Effect> effects = core.heard(asked, now);
        assertThat(of(effects, Effect.Node.class))
                .containsExactly(new Effect.Node(
                        new NodeNotice.Leaving("10.0.0.1", Instant.ofEpochSecond(5), Optional.empty())));
        assertThat(calls(effects, Call.Type.DECLINE_INVERSE_OFFERS)).hasSize(1);
        executor(id, TaskState.TASK_KILLED, "Container exited with status 0");
        assertThat(calls(core.heard(asked, now), Call.Type.ACCEPT_INVERSE_OFFERS))
                .hasSize(1);
    }

    @Test
    void anIntentThatNeverArrivedWaitsAgain() {
        core.subscribed(now);
        InstanceId id = MesosWorld.newId();
        core.want(demand(id, 64), now);
        core.settle(now);
        List<Effect> accepted = core.heard(offer("O1", "S0", 4, 1024), now);
        assertThat(of(accepted, Effect.Store.class))
                .singleElement()
                .satisfies(store -> assertThat(store.task().phase()).isEqualTo(MesosTask.Phase.INTENDED));
        List<Effect> dropped =
                heard(id, TaskState.TASK_DROPPED, status -> status.setReason(TaskStatus.Reason.REASON_INVALID_OFFERS));
        assertThat(of(dropped, Effect.Answer.class)).isEmpty();
        assertThat(core.waiting()).isEqualTo(1);
        assertThat(calls(core.heard(offer("O2", "S1", 4, 1024), now), Call.Type.ACCEPT))
                .hasSize(1);
    }

    @Test
    void anIntentOfACrashedProcessIsAskedForAndThenForgotten() {
        InstanceId id = MesosWorld.newId();
        MesosTask intent = new MesosTask(
                id,
                ROLE,
                "acme/shop/web",
                false,
                "S0",
                "10.0.0.1",
                5051,
                31_000,
                MesosTask.Phase.INTENDED,
                Optional.empty(),
                false,
                false,
                "",
                now);
        core = fresh(List.of(intent));
        core.subscribed(now);
        assertThat(calls(core.tick(now), Call.Type.RECONCILE)).hasSize(1);
        List<Effect> effects =
                heard(id, TaskState.TASK_GONE, status -> status.setReason(TaskStatus.Reason.REASON_RECONCILIATION));
        assertThat(of(effects, Effect.Delete.class)).containsExactly(new Effect.Delete(id));
    }

    @Test
    void aLaunchThatFindsNoRoomSaysWhy() {
        core.subscribed(now);
        InstanceId id = MesosWorld.newId();
        core.want(demand(id, 4_000), now);
        core.settle(now);
        core.heard(offer("O1", "S0", 4, 300), now);
        now = now.plusSeconds(31);
        assertThat(of(core.tick(now), Effect.Answer.class))
                .singleElement()
                .satisfies(answer -> assertThat(((LaunchOutcome.Unavailable) answer.outcome()).reason())
                        .contains("4000 MB")
                        .contains("300 MB"));
    }

    @Test
    void instancesOfOneProcessAreKeptApart() {
        core.subscribed(now);
        InstanceId one = MesosWorld.newId();
        InstanceId two = MesosWorld.newId();
        core.want(demand(one, 64), now);
        core.want(demand(two, 64), now);
        core.settle(now);
        List<Effect> effects = core.heard(
                event(
                        Event.Type.OFFERS,
                        event -> event.getOffersBuilder()
                                .addOffers(TestOffers.offer("O1", "S0", ROLE, 4, 1024, 31_000, 31_010))
                                .addOffers(TestOffers.offer("O2", "S1", ROLE, 4, 1024, 31_000, 31_010))),
                now);
        assertThat(calls(effects, Call.Type.ACCEPT)).hasSize(2);
    }
}
