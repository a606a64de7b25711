package dev.slipway.platform.runtime.mesos.fake;

import dev.slipway.platform.loop.Timer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.ContainerID;
import org.apache.mesos.v1.Protos.ContainerStatus;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.Task;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.jspecify.annotations.Nullable;

/** One task, with the updates its agent keeps until they are acknowledged. */
final class FakeTask {
    private static final Set<TaskState> TERMINAL = EnumSet.of(
            TaskState.TASK_FINISHED,
            TaskState.TASK_FAILED,
            TaskState.TASK_KILLED,
            TaskState.TASK_ERROR,
            TaskState.TASK_LOST,
            TaskState.TASK_DROPPED,
            TaskState.TASK_GONE,
            TaskState.TASK_GONE_BY_OPERATOR);

    final TaskInfo info;
    final String frameworkId;
    final boolean checkpointed;
    final String role;
    final FakeAgent agent;
    final FakeResources resources;
    final String containerId = UUID.randomUUID().toString();
    final FakeSandbox sandbox = new FakeSandbox();
    final Deque<TaskStatus> unacknowledged = new ArrayDeque<>();
    final List<TaskStatus> statuses = new ArrayList<>();
    Execution execution;
    TaskState state = TaskState.TASK_STAGING;

    @Nullable
    TaskStatus last;

    /** Of the group it was launched in. */
    @Nullable
    FakeExecutor executor;

    /** Whether it counts in its role's share. */
    boolean counted;

    Timer.@Nullable Scheduled resend;
    Instant unreachableSince;

    FakeTask(TaskInfo info, FakeFramework framework, String role, FakeAgent agent, Execution execution) {
        this.info = info;
        this.frameworkId = framework.id;
        this.checkpointed = framework.info.getCheckpoint();
        this.role = role;
        this.agent = agent;
        this.execution = execution;
        this.resources = FakeResources.of(info.getResourcesList());
    }

    String id() {
        return info.getTaskId().getValue();
    }

    String key() {
        return key(frameworkId, id());
    }

    static String key(String framework, String task) {
        return framework + "/" + task;
    }

    static boolean terminal(TaskState state) {
        return TERMINAL.contains(state);
    }

    boolean terminal() {
        return terminal(state);
    }

    /** What the executor says, made into a status with a uuid. */
    TaskStatus.Builder fromExecutor(TaskState said, Instant at) {
        return TaskStatus.newBuilder()
                .setTaskId(info.getTaskId())
                .setState(said)
                .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                .setAgentId(agent.proto())
                .setExecutorId(ExecutorID.newBuilder().setValue(executor == null ? id() : executor.id))
                .setTimestamp(at.toEpochMilli() / 1000.0)
                .setUuid(bytes(UUID.randomUUID()))
                .setContainerStatus(container());
    }

    static ByteString bytes(UUID uuid) {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return ByteString.copyFrom(bytes.array());
    }

    private ContainerStatus container() {
        return ContainerStatus.newBuilder()
                .setContainerId(ContainerID.newBuilder().setValue(containerId))
                .addNetworkInfos(NetworkInfo.newBuilder()
                        .addIpAddresses(NetworkInfo.IPAddress.newBuilder()
                                .setProtocol(NetworkInfo.Protocol.IPv4)
                                .setIpAddress("127.0.0.1")))
                .build();
    }

    Task proto() {
        Task.Builder task = Task.newBuilder()
                .setName(info.getName())
                .setTaskId(info.getTaskId())
                .setFrameworkId(
                        org.apache.mesos.v1.Protos.FrameworkID.newBuilder().setValue(frameworkId))
                .setAgentId(agent.proto())
                .setState(state)
                .addAllResources(resources.toProto(role))
                .addAllStatuses(statuses);
        if (info.hasLabels()) {
            task.setLabels(info.getLabels());
        }
        if (last != null) {
            task.setStatusUpdateState(last.getState()).setStatusUpdateUuid(last.getUuid());
        }
        return task.build();
    }
}
