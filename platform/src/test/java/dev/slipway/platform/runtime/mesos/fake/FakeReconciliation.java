package dev.slipway.platform.runtime.mesos.fake;

import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** What the master says when it is asked how tasks are. */
final class FakeReconciliation {
    private final FakeCluster cluster;

    FakeReconciliation(FakeCluster cluster) {
        this.cluster = cluster;
    }

    void answer(FakeFramework framework, Call.Reconcile reconcile) {
        if (reconcile.getTasksCount() == 0) {
            for (FakeTask task : List.copyOf(cluster.tasks.values())) {
                if (task.frameworkId.equals(framework.id) && task.agent.registered()) {
                    tell(framework, task);
                }
            }
            return;
        }
        boolean recovering =
                cluster.agents.values().stream().anyMatch(agent -> agent.standing == FakeAgent.Standing.RECOVERED);
        for (Call.Reconcile.Task asked : new ArrayList<>(reconcile.getTasksList())) {
            String id = asked.getTaskId().getValue();
            FakeTask task = cluster.tasks.get(FakeTask.key(framework.id, id));
            if (task != null && task.agent.standing != FakeAgent.Standing.RECOVERED) {
                tell(framework, task);
            } else if (!recovering) {
                cluster.forward(unknown(framework, id, asked.getAgentId().getValue()), framework.id);
            }
        }
    }

    void tell(FakeFramework framework, FakeTask task) {
        if (task.agent.standing == FakeAgent.Standing.UNREACHABLE) {
            cluster.forward(
                    status(
                                    task.id(),
                                    framework.partitionAware() ? TaskState.TASK_UNREACHABLE : TaskState.TASK_LOST,
                                    "Reconciliation: Task is unreachable")
                            .setAgentId(task.agent.proto())
                            .setUnreachableTime(FakeCluster.time(task.unreachableSince))
                            .build(),
                    framework.id);
            return;
        }
        TaskStatus.Builder status = status(task.id(), task.state, "Reconciliation: Latest task state")
                .setAgentId(task.agent.proto());
        TaskStatus last = task.last;
        if (last != null) {
            status.setContainerStatus(last.getContainerStatus());
            if (last.hasHealthy()) {
                status.setHealthy(last.getHealthy());
            }
        }
        cluster.forward(status.build(), framework.id);
    }

    TaskStatus unknown(FakeFramework framework, String id, String agentId) {
        FakeAgent agent = cluster.agents.get(agentId);
        boolean registered = agent != null && agent.registered();
        TaskStatus.Builder status = status(
                id,
                framework.partitionAware()
                        ? (registered ? TaskState.TASK_GONE : TaskState.TASK_UNKNOWN)
                        : TaskState.TASK_LOST,
                registered ? "Reconciliation: Task is unknown to the agent" : "Reconciliation: Task is unknown");
        if (!agentId.isEmpty()) {
            status.setAgentId(AgentID.newBuilder().setValue(agentId));
        }
        return status.build();
    }

    private TaskStatus.Builder status(String id, TaskState state, String message) {
        return cluster.fromMaster(id, state, TaskStatus.Reason.REASON_RECONCILIATION, message);
    }
}
