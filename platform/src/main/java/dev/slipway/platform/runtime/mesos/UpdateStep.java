package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.Endpoint;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.RuntimeEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.TaskStatus;

/** One status update: what it changes, and that it is acknowledged after that is stored. */
final class UpdateStep {
    private final SchedulerCore core;
    private final TaskStatus status;
    private final Instant now;
    private final List<Effect> effects;
    private final String uuid;

    UpdateStep(SchedulerCore core, TaskStatus status, Instant now, List<Effect> effects) {
        this.core = core;
        this.status = status;
        this.now = now;
        this.effects = effects;
        this.uuid = Reading.uuid(status);
    }

    void take() {
        Optional<InstanceId> id = InstanceId.find(status.getTaskId().getValue());
        if (id.isPresent()) {
            core.settled(id.get());
            core.find(id.get()).ifPresentOrElse(this::known, () -> unknown(id.get()));
        }
        if (status.hasUuid()) {
            effects.add(new Effect.Say(Calls.acknowledge(status.getTaskId(), status.getAgentId(), status.getUuid())));
        }
    }

    /** Nobody wrote this task down: it is shown, so that who compares sees it and has it removed. */
    private void unknown(InstanceId id) {
        if (!(Reading.of(status) instanceof Reading.Running)) {
            return;
        }
        MesosTask stray = new MesosTask(
                id,
                "",
                "",
                false,
                status.getAgentId().getValue(),
                "",
                0,
                0,
                MesosTask.Phase.RUNNING,
                Optional.empty(),
                false,
                false,
                uuid,
                now);
        effects.add(new Effect.Store(core.put(stray)));
    }

    private void known(MesosTask task) {
        if (!uuid.isEmpty() && uuid.equals(task.uuid())) {
            return; // it came twice
        }
        switch (Reading.of(status)) {
            case Reading.Nothing nothing -> {}
            case Reading.Duplicate duplicate -> core.doubt(task, now);
            case Reading.Starting starting -> starting(task);
            case Reading.Running running -> running(task);
            case Reading.Unreachable unreachable -> unreachable(task);
            case Reading.Ended ended -> ended(task, ended.ending());
            case Reading.Refused refused -> refused(task, refused.reason());
            case Reading.OfferGone gone -> offerGone(task);
            case Reading.Gone gone -> gone(task, gone.reason());
        }
    }

    /** Not stored: whoever reads the intent anew asks the master for it, and hears how it is. */
    private void starting(MesosTask task) {
        core.begun(task.id());
        if (task.phase() == MesosTask.Phase.INTENDED) {
            core.put(task.in(MesosTask.Phase.STARTING, now, uuid));
        }
    }

    private void running(MesosTask task) {
        core.begun(task.id());
        if (task.ended()) {
            // Declared gone, and here again: what took its place must not have a twin.
            if (task.ending().isPresent() && task.ending().get().lost()) {
                MesosTask twin = core.put(task.alive(now).killed(true));
                effects.add(new Effect.Store(twin));
                effects.add(core.kill(twin));
            }
            return;
        }
        if (task.phase() == MesosTask.Phase.RUNNING) {
            return; // said again: a health check failed, or we asked
        }
        MesosTask running = core.put(task.in(MesosTask.Phase.RUNNING, now, uuid));
        effects.add(new Effect.Store(running));
        if (running.killWanted()) {
            // The kill may have been said while the agent was away, when it is forgotten.
            effects.add(core.kill(running));
        }
        Endpoint endpoint = running.endpoint();
        effects.add(new Effect.Answer(task.id(), new LaunchOutcome.Launched(endpoint)));
        if (!task.oneOff() && task.phase() != MesosTask.Phase.UNREACHABLE) {
            effects.add(new Effect.Tell(new RuntimeEvent.Started(task.id(), endpoint.host(), endpoint.port(), now)));
        }
    }

    private void unreachable(MesosTask task) {
        if (!task.ended() && task.phase() != MesosTask.Phase.UNREACHABLE) {
            effects.add(new Effect.Store(core.put(task.in(MesosTask.Phase.UNREACHABLE, now, uuid))));
        }
    }

    private void ended(MesosTask task, MesosTask.Ending ending) {
        core.begun(task.id());
        if (task.ended()) {
            return;
        }
        MesosTask over = core.put(task.ended(ending, now, uuid));
        effects.add(new Effect.Answer(task.id(), new LaunchOutcome.Launched(over.endpoint())));
        if (over.dropped()) {
            vanish(over);
            return;
        }
        effects.add(new Effect.Store(over));
        if (task.phase() != MesosTask.Phase.RUNNING && !task.oneOff()) {
            effects.add(new Effect.Tell(new RuntimeEvent.Started(task.id(), over.host(), over.port(), now)));
        }
        effects.add(new Effect.ReadTail(over));
    }

    private void refused(MesosTask task, String reason) {
        if (task.ended()) {
            return;
        }
        if (task.phase() == MesosTask.Phase.RUNNING || task.phase() == MesosTask.Phase.UNREACHABLE) {
            ended(task, new MesosTask.Ending(1, false, false, reason, Optional.empty()));
            return;
        }
        core.begun(task.id());
        core.forget(task, effects);
        effects.add(new Effect.Answer(task.id(), new LaunchOutcome.Refused(reason)));
        effects.add(new Effect.Over(task.id()));
    }

    private void offerGone(MesosTask task) {
        if (task.phase() != MesosTask.Phase.INTENDED) {
            return;
        }
        if (!core.waitAgain(task, effects)) {
            effects.add(new Effect.Answer(
                    task.id(), new LaunchOutcome.Unavailable("Mesos took the offer back before the launch arrived.")));
            effects.add(new Effect.Over(task.id()));
        }
    }

    private void gone(MesosTask task, String reason) {
        if (task.ended()) {
            return;
        }
        if (task.phase() == MesosTask.Phase.INTENDED) {
            // Written down and never begun: we died, or the master did, before the launch arrived.
            if (!core.waitAgain(task, effects)) {
                effects.add(new Effect.Answer(task.id(), new LaunchOutcome.Unavailable("Mesos knows nothing of it.")));
                effects.add(new Effect.Over(task.id()));
            }
            return;
        }
        MesosTask over = task.ended(new MesosTask.Ending(137, false, true, reason, Optional.of(List.of())), now, uuid);
        core.put(over);
        effects.add(new Effect.Answer(task.id(), new LaunchOutcome.Unavailable("It was lost: " + reason)));
        if (over.dropped()) {
            vanish(over);
            return;
        }
        effects.add(new Effect.Store(over));
        effects.add(new Effect.Tell(new RuntimeEvent.Vanished(task.id(), now)));
        effects.add(new Effect.Over(task.id()));
    }

    private void vanish(MesosTask over) {
        core.forget(over, effects);
        effects.add(new Effect.Tell(new RuntimeEvent.Vanished(over.id(), now)));
        effects.add(new Effect.Over(over.id()));
    }
}
