package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.mesos.wire.MasterCredentials;
import dev.slipway.platform.site.InstallationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** What tests of decisions need: events as a master sends them, and a core that is told of them. */
abstract class CoreWorld {
    static final MesosSite SITE = MesosSite.of("dc-a", "m:5050", new MasterCredentials.None());
    static final String ROLE = "slipway-acme";

    final InstallationId installation = new InstallationId(UUID.randomUUID());
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    SchedulerCore core = fresh(List.of());
    private int uuids;

    SchedulerCore fresh(List<MesosTask> stored) {
        return new SchedulerCore(
                SITE, "slipway-x-dc-a-1", new TaskInfos(SITE, installation, MesosWorld.TICKETS), stored);
    }

    static Event event(Event.Type type, Consumer<Event.Builder> more) {
        Event.Builder event = Event.newBuilder().setType(type);
        more.accept(event);
        return event.build();
    }

    Event offer(String id, String agent, double cpus, double mem, Resource... others) {
        return event(
                Event.Type.OFFERS,
                event -> event.getOffersBuilder()
                        .addOffers(TestOffers.offer(id, agent, ROLE, cpus, mem, 31_000, 31_010, others)));
    }

    List<Effect> heard(InstanceId id, TaskState state, Consumer<TaskStatus.Builder> more) {
        TaskStatus.Builder status = TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue(id.text()))
                .setAgentId(AgentID.newBuilder().setValue("S0"))
                .setState(state);
        more.accept(status);
        return core.heard(
                event(Event.Type.UPDATE, event -> event.getUpdateBuilder().setStatus(status)), now);
    }

    List<Effect> executor(InstanceId id, TaskState state, String message) {
        return heard(
                id,
                state,
                status -> status.setMessage(message).setUuid(ByteString.copyFrom(new byte[] {(byte) ++uuids})));
    }

    Demand demand(InstanceId id, long megabytes) {
        return new Demand(MesosWorld.spec(id, "acme", 500, megabytes), false, now.plus(Duration.ofSeconds(30)));
    }

    InstanceId running() {
        InstanceId id = MesosWorld.newId();
        core.subscribed(now);
        core.want(demand(id, 64), now);
        core.settle(now);
        core.heard(offer("O-" + id, "S0", 4, 1024), now);
        executor(id, TaskState.TASK_STARTING, "");
        executor(id, TaskState.TASK_RUNNING, "");
        assertThat(phase(id)).isEqualTo(MesosTask.Phase.RUNNING);
        return id;
    }

    MesosTask.Phase phase(InstanceId id) {
        return core.find(id).orElseThrow().phase();
    }

    static List<Call> calls(List<Effect> effects, Call.Type type) {
        List<Call> calls = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Say say && say.call().getType() == type) {
                calls.add(say.call().buildPartial());
            }
        }
        return calls;
    }

    static <T extends Effect> List<T> of(List<Effect> effects, Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
