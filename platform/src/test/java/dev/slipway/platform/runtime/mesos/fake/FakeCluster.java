package dev.slipway.platform.runtime.mesos.fake;

import dev.slipway.platform.loop.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.DrainInfo;
import org.apache.mesos.v1.Protos.DrainState;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.TimeInfo;
import org.apache.mesos.v1.maintenance.Protos.Schedule;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** What the master knows, and how status updates travel. Every method is called under the master's lock. */
final class FakeCluster {
    static final Duration FIRST_RESEND = Duration.ofSeconds(10);

    final Timer timer;
    final InstantSource clock;
    final Map<String, FakeFramework> frameworks = new LinkedHashMap<>();
    final Set<String> removed = new HashSet<>();
    final Map<String, FakeAgent> agents = new LinkedHashMap<>();
    final Map<String, FakeTask> tasks = new HashMap<>();
    final List<FakeTask> completed = new ArrayList<>();
    /** What tasks that have not ended hold, by role. */
    final Map<String, Long> cpus = new HashMap<>();

    final Map<String, Map<String, Long>> limits = new LinkedHashMap<>();
    final Map<String, FakeAgent.Offered> offers = new LinkedHashMap<>();
    Schedule schedule = Schedule.getDefaultInstance();
    /** Updates that reach the framework twice, as after a master's restart. */
    boolean duplicating;

    final FakeOperatorStreams operators = new FakeOperatorStreams();
    final FakeOperations operations = new FakeOperations(this);
    private long lastOffer;
    long acknowledgements;

    FakeCluster(Timer timer, InstantSource clock) {
        this.timer = timer;
        this.clock = clock;
    }

    String nextOffer(String master) {
        return master + "-O" + lastOffer++;
    }

    void send(String frameworkId, Event event) {
        FakeFramework framework = frameworks.get(frameworkId);
        if (framework != null) {
            framework.send(event);
        }
    }

    void forward(TaskStatus status, String frameworkId) {
        Event event = Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().setStatus(status))
                .build();
        send(frameworkId, event);
        if (duplicating && status.hasUuid()) {
            send(frameworkId, event);
        }
    }

    /** An executor tells a state. */
    void fromExecutor(FakeTask task, TaskState state, Consumer<TaskStatus.Builder> more) {
        if (task.terminal()) {
            return;
        }
        FakeFramework framework = frameworks.get(task.frameworkId);
        if (state == TaskState.TASK_KILLING
                && (framework == null || !framework.can(Capability.Type.TASK_KILLING_STATE))) {
            return;
        }
        TaskStatus.Builder status = task.fromExecutor(state, clock.instant());
        more.accept(status);
        if (FakeTask.terminal(state)
                && task.agent.drain != null
                && status.getSource() == TaskStatus.Source.SOURCE_EXECUTOR) {
            status.setReason(TaskStatus.Reason.REASON_AGENT_DRAINING);
        }
        boolean idle = task.unacknowledged.isEmpty();
        task.state = state;
        task.last = status.build();
        if (task.terminal()) {
            task.agent.changed();
            over(task);
        }
        operators.updated(task, task.last);
        task.unacknowledged.add(task.last);
        if (idle) {
            deliver(task, FIRST_RESEND);
        }
        if (task.terminal() && task.executor != null) {
            ended(task, task.executor);
        }
    }

    /** The executor of a group goes with the last task; that is told even when it went well. */
    private void ended(FakeTask last, FakeExecutor executor) {
        executor.alive.remove(last);
        if (executor.alive.isEmpty() && last.agent.executors.remove(executor)) {
            last.agent.changed();
            send(
                    last.frameworkId,
                    Event.newBuilder()
                            .setType(Event.Type.FAILURE)
                            .setFailure(Event.Failure.newBuilder()
                                    .setAgentId(last.agent.proto())
                                    .setExecutorId(ExecutorID.newBuilder().setValue(executor.id))
                                    .setStatus(0))
                            .build());
        }
    }

    /** Sends the oldest unacknowledged update, and again until it is acknowledged. */
    void deliver(FakeTask task, Duration again) {
        TaskStatus status = task.unacknowledged.peek();
        if (status == null) {
            return;
        }
        if (task.agent.standing == FakeAgent.Standing.REGISTERED) {
            if (!task.statuses.contains(status)) {
                task.statuses.removeIf(old -> old.getState() == status.getState());
                task.statuses.add(status);
            }
            forward(status, task.frameworkId);
        }
        task.resend = timer.after(again, () -> {
            synchronized (this) {
                if (task.unacknowledged.peek() == status) {
                    deliver(task, again.multipliedBy(2));
                }
            }
        });
    }

    void acknowledge(String frameworkId, String taskId, org.apache.mesos.protobuf.ByteString uuid) {
        FakeTask task = tasks.get(FakeTask.key(frameworkId, taskId));
        TaskStatus head = task == null ? null : task.unacknowledged.peek();
        if (head == null || !head.getUuid().equals(uuid)) {
            return;
        }
        acknowledgements++;
        task.unacknowledged.remove();
        task.resend.cancel();
        if (FakeTask.terminal(head.getState())) {
            forget(task);
        } else {
            deliver(task, FIRST_RESEND);
        }
    }

    void took(FakeTask task) {
        task.counted = true;
        cpus.merge(task.role, task.resources.amount("cpus"), Long::sum);
    }

    private void over(FakeTask task) {
        if (task.counted) {
            task.counted = false;
            cpus.merge(task.role, -task.resources.amount("cpus"), Long::sum);
        }
    }

    void forget(FakeTask task) {
        over(task);
        if (task.resend != null) {
            task.resend.cancel();
        }
        tasks.remove(task.key());
        task.agent.tasks.remove(task.key());
        task.agent.changed();
        completed.add(task);
        if (completed.size() > 1_000) {
            completed.removeFirst();
        }
        drained(task.agent);
    }

    void drained(FakeAgent agent) {
        if (agent.drain != null && agent.tasks.isEmpty()) {
            agent.drain = agent.drain.toBuilder().setState(DrainState.DRAINED).build();
        }
    }

    /** A word of the master's own about a task; it is not resent and not to be acknowledged. */
    TaskStatus.Builder fromMaster(String taskId, TaskState state, TaskStatus.Reason reason, String message) {
        return TaskStatus.newBuilder()
                .setTaskId(org.apache.mesos.v1.Protos.TaskID.newBuilder().setValue(taskId))
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_MASTER)
                .setReason(reason)
                .setMessage(message)
                .setTimestamp(clock.instant().toEpochMilli() / 1000.0);
    }

    void rescind(FakeAgent.Offered offered) {
        offers.remove(offered.id());
        offered.agent().offers.remove(offered.id());
        offered.framework()
                .send(Event.newBuilder()
                        .setType(Event.Type.RESCIND)
                        .setRescind(Event.Rescind.newBuilder()
                                .setOfferId(OfferID.newBuilder().setValue(offered.id())))
                        .build());
    }

    private void rescindInverse(FakeAgent agent) {
        agent.inverse.forEach((framework, id) -> send(
                framework,
                Event.newBuilder()
                        .setType(Event.Type.RESCIND_INVERSE_OFFER)
                        .setRescindInverseOffer(Event.RescindInverseOffer.newBuilder()
                                .setInverseOfferId(OfferID.newBuilder().setValue(id)))
                        .build()));
        agent.inverse.clear();
    }

    void rescindAll(FakeAgent agent) {
        List.copyOf(agent.offers.values()).forEach(this::rescind);
    }

    void dropOffers(FakeFramework framework) {
        for (FakeAgent.Offered offered : List.copyOf(offers.values())) {
            if (offered.framework() == framework) {
                offers.remove(offered.id());
                offered.agent().offers.remove(offered.id());
            }
        }
    }

    void failure(AgentID agent) {
        Event event = Event.newBuilder()
                .setType(Event.Type.FAILURE)
                .setFailure(Event.Failure.newBuilder().setAgentId(agent))
                .build();
        frameworks.values().forEach(framework -> framework.send(event));
    }

    /** The agent's socket closed. */
    void disconnected(FakeAgent agent) {
        agent.standing = FakeAgent.Standing.DISCONNECTED;
        rescindAll(agent);
        for (FakeTask task : List.copyOf(agent.tasks.values())) {
            if (!task.checkpointed) {
                forward(
                        fromMaster(
                                        task.id(),
                                        TaskState.TASK_LOST,
                                        TaskStatus.Reason.REASON_AGENT_DISCONNECTED,
                                        "Agent " + agent.hostname + " disconnected")
                                .setAgentId(agent.proto())
                                .build(),
                        task.frameworkId);
            }
        }
    }

    /** The agent did not answer its pings. */
    void unreachable(FakeAgent agent) {
        agent.standing = FakeAgent.Standing.UNREACHABLE;
        rescindAll(agent);
        Instant now = clock.instant();
        for (FakeTask task : agent.tasks.values()) {
            FakeFramework framework = frameworks.get(task.frameworkId);
            task.unreachableSince = now;
            if (framework != null && task.checkpointed && !task.terminal()) {
                forward(
                        fromMaster(
                                        task.id(),
                                        framework.partitionAware() ? TaskState.TASK_UNREACHABLE : TaskState.TASK_LOST,
                                        TaskStatus.Reason.REASON_AGENT_REMOVED,
                                        "health check timed out")
                                .setAgentId(agent.proto())
                                .setUnreachableTime(time(now))
                                .build(),
                        task.frameworkId);
            }
        }
        failure(agent.proto());
    }

    static TimeInfo time(Instant at) {
        return TimeInfo.newBuilder()
                .setNanoseconds(at.getEpochSecond() * 1_000_000_000L + at.getNano())
                .build();
    }

    /** It is back; updates it kept are sent again. */
    void returned(FakeAgent agent) {
        // The agent sends what waits, and the new master what the agent told it: the same uuid comes twice.
        boolean wasRecovered = agent.standing == FakeAgent.Standing.RECOVERED;
        boolean wasUnreachable = agent.standing == FakeAgent.Standing.UNREACHABLE;
        agent.standing = FakeAgent.Standing.REGISTERED;
        for (FakeTask task : List.copyOf(agent.tasks.values())) {
            if (wasUnreachable && !task.terminal()) {
                forward(
                        fromMaster(
                                        task.id(),
                                        task.state,
                                        TaskStatus.Reason.REASON_AGENT_REREGISTERED,
                                        "Unreachable agent re-reregistered")
                                .setAgentId(agent.proto())
                                .build(),
                        task.frameworkId);
            }
            task.unreachableSince = null;
            if (!task.unacknowledged.isEmpty()) {
                task.resend.cancel();
                if (wasRecovered) {
                    forward(task.unacknowledged.peek(), task.frameworkId);
                }
                deliver(task, FIRST_RESEND);
            }
        }
    }

    /** The agent is gone for good: it unregistered, its machine is down, or an operator said so. */
    void removed(FakeAgent agent, TaskState state, TaskStatus.Reason reason, String message) {
        agent.standing = FakeAgent.Standing.REMOVED;
        for (FakeTask task : List.copyOf(agent.tasks.values())) {
            task.execution.destroy();
            forward(
                    fromMaster(task.id(), state, reason, message)
                            .setAgentId(agent.proto())
                            .build(),
                    task.frameworkId);
            task.state = state;
            forget(task);
        }
        agent.executors.clear();
        rescindAll(agent);
        rescindInverse(agent);
        operators.removed(agent);
        failure(agent.proto());
    }

    void remove(FakeFramework framework) {
        dropOffers(framework);
        framework.end();
        operations.forget(framework.id);
        frameworks.remove(framework.id);
        operators.removed(framework);
        removed.add(framework.id);
        for (FakeTask task : List.copyOf(tasks.values())) {
            if (task.frameworkId.equals(framework.id)) {
                task.agent.executors.remove(task.executor);
                task.execution.destroy();
                task.state = TaskState.TASK_KILLED;
                forget(task);
            }
        }
    }

    void drain(FakeAgent agent, DrainInfo info, Duration grace) {
        agent.deactivated = true;
        agent.drain = info;
        rescindAll(agent);
        if (agent.tasks.isEmpty()) {
            drained(agent);
        }
        List.copyOf(agent.tasks.values()).forEach(task -> task.execution.kill(grace));
    }

    /** What is used or offered of a role. */
    long held(String role, String resource) {
        long sum = 0;
        for (FakeTask task : tasks.values()) {
            if (task.role.equals(role) && !task.terminal() && task.agent.registered()) {
                sum += task.resources.amount(resource);
            }
        }
        for (FakeAgent.Offered offered : offers.values()) {
            if (offered.role().equals(role)) {
                sum += offered.resources().amount(resource);
            }
        }
        return sum;
    }
}
