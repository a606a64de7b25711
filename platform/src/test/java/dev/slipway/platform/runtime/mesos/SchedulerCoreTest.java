package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.RuntimeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** Decisions alone, about offers and launches. Numbers are those of the recordings' README. */
class SchedulerCoreTest extends CoreWorld {

    @Test
    void surprise01_aTenantIsATopLevelRole() {
        assertThat(demand(MesosWorld.newId(), 64).role()).isEqualTo(ROLE).doesNotContain("/");
    }

    @Test
    void surprise03_anOfferMayLackProcessors() {
        core.subscribed(now);
        InstanceId id = MesosWorld.newId();
        core.want(demand(id, 64), now);
        List<Effect> effects = core.heard(offer("O1", "S0", 0, 1024), now);
        assertThat(calls(effects, Call.Type.ACCEPT)).isEmpty();
        assertThat(calls(effects, Call.Type.DECLINE)).hasSize(1);
        assertThat(core.waiting()).isEqualTo(1);
    }

    @Test
    void surprise15_subscribesWithAnIdOfItsOwnAndStaysForWeeks() {
        Call call = core.subscription().buildPartial();
        var info = call.getSubscribe().getFrameworkInfo();
        assertThat(info.getId().getValue()).isEqualTo("slipway-x-dc-a-1");
        assertThat(info.getFailoverTimeout())
                .isGreaterThanOrEqualTo(Duration.ofDays(14).toSeconds());
        assertThat(info.getCheckpoint()).isTrue();
        assertThat(info.getCapabilitiesList())
                .extracting(Capability::getType)
                .contains(
                        Capability.Type.MULTI_ROLE,
                        Capability.Type.PARTITION_AWARE,
                        Capability.Type.RESERVATION_REFINEMENT,
                        Capability.Type.TASK_KILLING_STATE,
                        Capability.Type.REGION_AWARE);
    }

    @Test
    void surprise18_revivesRatherThanWaitsForAFilterToEnd() {
        core.subscribed(now);
        core.want(demand(MesosWorld.newId(), 64), now);
        List<Effect> effects = core.settle(now);
        assertThat(calls(effects, Call.Type.REVIVE))
                .singleElement()
                .satisfies(call -> assertThat(call.getRevive().getRolesList()).containsExactly(ROLE));
    }

    @Test
    void surprise19_suppressingIsNotEnoughOffersMustBeDeclinedToo() {
        running();
        core.heard(offer("O2", "S1", 4, 1024), now);
        now = now.plus(SchedulerCore.HOLD).plusMillis(1);
        List<Effect> effects = core.tick(now);
        assertThat(calls(effects, Call.Type.DECLINE)).singleElement().satisfies(call -> {
            assertThat(call.getDecline().getOfferIdsList())
                    .extracting(OfferID::getValue)
                    .containsExactly("O2");
            assertThat(call.getDecline().getFilters().getRefuseSeconds()).isPositive();
        });
        assertThat(calls(effects, Call.Type.SUPPRESS)).hasSize(1);
        now = now.plusSeconds(1);
        assertThat(core.tick(now))
                .noneMatch(
                        effect -> effect instanceof Effect.Say say && say.call().getType() != Call.Type.RECONCILE);
    }

    @Test
    void surprise20_twoOffersOfOneAgentGoTogetherAndNeverTwoAgents() {
        core.subscribed(now);
        InstanceId id = MesosWorld.newId();
        core.heard(
                event(
                        Event.Type.OFFERS,
                        event -> event.getOffersBuilder()
                                .addOffers(TestOffers.offer("O1", "S0", ROLE, 0.2, 600, 31_000, 31_001))
                                .addOffers(TestOffers.offer("O2", "S1", ROLE, 0.2, 600, 31_000, 31_001))),
                now);
        core.want(demand(id, 64), now);
        core.settle(now);
        List<Effect> effects = core.heard(
                event(
                        Event.Type.OFFERS,
                        event -> event.getOffersBuilder()
                                .addOffers(TestOffers.offer("O3", "S0", ROLE, 0.3, 100, 31_005, 31_005))
                                .addOffers(TestOffers.offer("O4", "S0", ROLE, 0.3, 100, 31_006, 31_006))),
                now);
        assertThat(calls(effects, Call.Type.ACCEPT))
                .singleElement()
                .satisfies(call -> assertThat(call.getAccept().getOfferIdsList())
                        .extracting(OfferID::getValue)
                        .containsExactly("O3", "O4"));
    }

    @Test
    void surprise21_theOrderOfResourcesMeansNothing() {
        var offer = TestOffers.offer("O", "S0", ROLE, 1.5, 64, 31_000, 31_001);
        List<Resource> turned = new ArrayList<>(offer.getResourcesList());
        java.util.Collections.reverse(turned);
        assertThat(Room.of(turned)).isEqualTo(Room.of(offer.getResourcesList()));
    }

    @Test
    void surprise22_offersOfAnEarlierSubscriptionAreForgotten() {
        core.subscribed(now);
        core.want(demand(MesosWorld.newId(), 4_000), now);
        core.settle(now);
        core.disconnected();
        core.subscribed(now);
        core.want(demand(MesosWorld.newId(), 64), now);
        assertThat(calls(core.settle(now), Call.Type.ACCEPT)).isEmpty();
    }

    @Test
    void surprise24_amountsAreThousandths() {
        TaskInfo info =
                new TaskInfos(SITE, installation, MesosWorld.TICKETS).of(demand(MesosWorld.newId(), 64), "S0", 31_000);
        assertThat(info.getResourcesList())
                .allSatisfy(resource -> assertThat(resource.hasAllocationInfo()).isFalse());
        assertThat(info.getResources(0).getScalar().getValue()).isEqualTo(0.5);
        assertThat(info.getResources(1).getScalar().getValue()).isEqualTo(64.0);
    }

    @Test
    void aDockerTaskFetchesItsOwnPullCredentials() {
        TaskInfo info =
                new TaskInfos(SITE, installation, MesosWorld.TICKETS).of(demand(MesosWorld.newId(), 64), "S0", 31_000);
        assertThat(info.getCommand().getUrisList()).singleElement().satisfies(uri -> {
            assertThat(uri.getValue()).isEqualTo("http://127.0.0.1:5000/pull/ticket-of-robot");
            assertThat(uri.getOutputFile()).isEqualTo(".docker/config.json");
            assertThat(uri.getCache()).isFalse();
            assertThat(uri.getExtract()).isFalse();
        });
        TaskInfo own = new TaskInfos(SITE.with(MesosSite.Containerizer.MESOS), installation, MesosWorld.TICKETS)
                .of(demand(MesosWorld.newId(), 64), "S0", 31_000);
        assertThat(own.getCommand().getUrisCount()).isZero();
        assertThat(own.getContainer().getMesos().getImage().getDocker().hasConfig())
                .isTrue();
    }

    @Test
    void surprise26_duplicateTaskIdErrorLeavesFirstAlive() {
        InstanceId id = running();
        List<Effect> effects = heard(
                id,
                TaskState.TASK_ERROR,
                status -> status.setSource(TaskStatus.Source.SOURCE_MASTER)
                        .setReason(TaskStatus.Reason.REASON_TASK_INVALID)
                        .setMessage("Task has duplicate ID: " + id.text()));
        assertThat(phase(id)).isEqualTo(MesosTask.Phase.RUNNING);
        assertThat(effects).isEmpty();
        assertThat(calls(core.tick(now.plusSeconds(2)), Call.Type.RECONCILE))
                .as("the master is asked how it really is")
                .isNotEmpty();
    }

    @Test
    void surprise27_aMissingProgramMayNeverHaveRun() {
        InstanceId id = MesosWorld.newId();
        core.subscribed(now);
        core.want(demand(id, 64), now);
        core.settle(now);
        core.heard(offer("O", "S0", 4, 1024), now);
        executor(id, TaskState.TASK_STARTING, "");
        List<Effect> effects = executor(id, TaskState.TASK_FAILED, "Container exited with status 127");
        assertThat(of(effects, Effect.Answer.class).getFirst().outcome()).isInstanceOf(LaunchOutcome.Launched.class);
        assertThat(of(effects, Effect.ReadTail.class)).hasSize(1);
        List<Effect> told = core.tail(id, List.of("no such file"), now);
        assertThat(of(told, Effect.Tell.class))
                .singleElement()
                .satisfies(tell -> assertThat(tell.event())
                        .isInstanceOfSatisfying(
                                RuntimeEvent.Exited.class,
                                exited -> assertThat(exited.code()).isEqualTo(127)));
    }

    @Test
    void surprise28_whatHasAUuidIsAcknowledgedAndNothingElse() {
        InstanceId id = running();
        assertThat(calls(executor(id, TaskState.TASK_RUNNING, ""), Call.Type.ACKNOWLEDGE))
                .hasSize(1);
        assertThat(calls(heard(id, TaskState.TASK_RUNNING, status -> {}), Call.Type.ACKNOWLEDGE))
                .isEmpty();
        assertThat(calls(executor(MesosWorld.newId(), TaskState.TASK_FAILED, ""), Call.Type.ACKNOWLEDGE))
                .as("also for a task nobody knows, or it would come for ever")
                .hasSize(1);
    }

    @Test
    void surprise30_theAddressIsTheAgentsAndNotTheContainers() {
        InstanceId id = running();
        assertThat(core.find(id).orElseThrow().endpoint().host()).isEqualTo("10.0.0.1");
        assertThat(core.find(id).orElseThrow().endpoint().port()).isEqualTo(31_000);
    }

    @Test
    void surprise34_repeatsOfRunningChangeNothing() {
        InstanceId id = running();
        List<Effect> effects = heard(
                id,
                TaskState.TASK_RUNNING,
                status -> status.setHealthy(false).setUuid(ByteString.copyFrom(new byte[] {99})));
        assertThat(of(effects, Effect.Store.class)).isEmpty();
        assertThat(of(effects, Effect.Tell.class)).isEmpty();
        assertThat(calls(effects, Call.Type.ACKNOWLEDGE)).hasSize(1);
    }

    @Test
    void whoeverWaitsNextIsRevivedForAtOnce() {
        running();
        core.want(demand(MesosWorld.newId(), 64), now);
        assertThat(calls(core.settle(now), Call.Type.REVIVE)).hasSize(1);
        core.want(demand(MesosWorld.newId(), 64), now);
        assertThat(calls(core.settle(now), Call.Type.REVIVE))
                .as("but not again while the answer is on its way")
                .isEmpty();
    }
}
