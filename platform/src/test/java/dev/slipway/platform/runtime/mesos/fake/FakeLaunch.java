package dev.slipway.platform.runtime.mesos.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** Takes an ACCEPT: are the offers good, are the tasks, and then off with them. */
final class FakeLaunch {
    private final FakeCluster cluster;
    private final Execution.Factory executions;

    FakeLaunch(FakeCluster cluster, Execution.Factory executions) {
        this.cluster = cluster;
        this.executions = executions;
    }

    void accept(FakeFramework framework, Call.Accept accept) {
        List<FakeAgent.Offered> taken = new ArrayList<>();
        Optional<String> invalid = take(framework, accept, taken);
        if (invalid.isPresent()) {
            for (Offer.Operation operation : accept.getOperationsList()) {
                for (TaskInfo task : tasks(operation)) {
                    refuse(
                            framework,
                            task,
                            framework.partitionAware() ? TaskState.TASK_DROPPED : TaskState.TASK_LOST,
                            TaskStatus.Reason.REASON_INVALID_OFFERS,
                            "Task launched with invalid offers: " + invalid.get());
                }
                if (tasks(operation).isEmpty()) {
                    cluster.operations.refuse(
                            framework, operation, "Operation attempted with invalid offers: " + invalid.get());
                }
            }
            return;
        }
        FakeAgent agent = taken.getFirst().agent();
        String role = taken.getFirst().role();
        FakeResources room = FakeResources.NONE;
        for (FakeAgent.Offered offered : taken) {
            room = room.plus(offered.resources());
        }
        List<FakeTask> started = new ArrayList<>();
        for (Offer.Operation operation : accept.getOperationsList()) {
            if (tasks(operation).isEmpty()) {
                room = cluster.operations.take(framework, agent, role, room, operation);
            }
            FakeExecutor executor = null;
            if (operation.hasLaunchGroup()) {
                executor = new FakeExecutor(operation.getLaunchGroup().getExecutor());
                room = room.minus(executor.resources);
                agent.executors.add(executor);
                agent.changed();
            }
            for (TaskInfo task : tasks(operation)) {
                Optional<String> wrong = wrong(framework, task, agent, role, room, executor != null);
                if (wrong.isPresent()) {
                    refuse(framework, task, TaskState.TASK_ERROR, TaskStatus.Reason.REASON_TASK_INVALID, wrong.get());
                    continue;
                }
                FakeTask made = new FakeTask(task, framework, role, agent, executions.of(task));
                if (executor != null) {
                    made.executor = executor;
                    executor.alive.add(made);
                }
                room = room.minus(made.resources);
                cluster.tasks.put(made.key(), made);
                agent.tasks.put(made.key(), made);
                agent.took(made.resources);
                cluster.took(made);
                started.add(made);
                cluster.operators.added(made);
            }
        }
        filter(framework, role, agent, room, accept.getFilters());
        started.forEach(this::start);
    }

    private static List<TaskInfo> tasks(Offer.Operation operation) {
        return operation.hasLaunchGroup()
                ? operation.getLaunchGroup().getTaskGroup().getTasksList()
                : operation.getLaunch().getTaskInfosList();
    }

    private void start(FakeTask task) {
        Optional<String> options = dockerOptions(task.info);
        if (options.isPresent()) {
            cluster.fromExecutor(task, TaskState.TASK_STARTING, status -> {});
            cluster.fromExecutor(
                    task,
                    TaskState.TASK_FAILED,
                    status -> status.setMessage("Failed to create docker run options: " + options.get()));
            return;
        }
        task.execution.start(task.info, task.sandbox, (state, more) -> {
            synchronized (cluster) {
                cluster.fromExecutor(task, state, more);
            }
        });
    }

    private static Optional<String> dockerOptions(TaskInfo task) {
        if (task.getContainer().getType() != ContainerInfo.Type.DOCKER) {
            return Optional.empty();
        }
        ContainerInfo.DockerInfo docker = task.getContainer().getDocker();
        if (docker.getNetwork() == ContainerInfo.DockerInfo.Network.USER
                && task.getContainer().getNetworkInfosCount() == 0) {
            return Optional.of("No network info found in container info");
        }
        if (docker.getPortMappingsCount() == 0) {
            return Optional.empty();
        }
        if (docker.getNetwork() == ContainerInfo.DockerInfo.Network.HOST
                || docker.getNetwork() == ContainerInfo.DockerInfo.Network.NONE) {
            return Optional.of("Port mappings are only supported for bridge and user-defined networks");
        }
        FakeResources has = FakeResources.of(task.getResourcesList());
        boolean covered = docker.getPortMappingsList().stream()
                .allMatch(mapping -> has.covers(FakeResources.of(List.of(port(mapping.getHostPort())))));
        return covered ? Optional.empty() : Optional.of("Port mappings require port resources");
    }

    private static Resource port(int number) {
        return Resource.newBuilder()
                .setName("ports")
                .setType(org.apache.mesos.v1.Protos.Value.Type.RANGES)
                .setRanges(org.apache.mesos.v1.Protos.Value.Ranges.newBuilder()
                        .addRange(org.apache.mesos.v1.Protos.Value.Range.newBuilder()
                                .setBegin(number)
                                .setEnd(number)))
                .build();
    }

    private Optional<String> take(FakeFramework framework, Call.Accept accept, List<FakeAgent.Offered> taken) {
        Set<String> ids = new HashSet<>();
        Optional<String> invalid = Optional.empty();
        for (OfferID id : accept.getOfferIdsList()) {
            FakeAgent.Offered offered = cluster.offers.get(id.getValue());
            if (!ids.add(id.getValue())) {
                invalid = Optional.of("Duplicate offer " + id.getValue() + " in offer list");
            } else if (offered == null || offered.framework() != framework) {
                invalid = Optional.of("Offer " + id.getValue() + " is no longer valid");
            } else {
                if (!taken.isEmpty() && taken.getFirst().agent() != offered.agent()) {
                    invalid = Optional.of("Aggregated offers must belong to one single agent. Offer " + id.getValue()
                            + " uses agent " + offered.agent().id + " and agent "
                            + taken.getFirst().agent().id);
                }
                taken.add(offered);
            }
        }
        for (FakeAgent.Offered offered : taken) {
            cluster.offers.remove(offered.id());
            offered.agent().offers.remove(offered.id());
        }
        return taken.isEmpty() && invalid.isEmpty() ? Optional.of("No offers specified") : invalid;
    }

    void filter(FakeFramework framework, String role, FakeAgent agent, FakeResources left, Filters filters) {
        double seconds = filters.getRefuseSeconds() < 0 ? 5 : Math.min(filters.getRefuseSeconds(), 1e8);
        framework.filters.put(
                role + "|" + agent.id,
                new FakeFramework.Filter(
                        cluster.clock.instant().plus(Duration.ofMillis((long) (seconds * 1000))), left));
    }

    private void refuse(
            FakeFramework framework, TaskInfo task, TaskState state, TaskStatus.Reason reason, String message) {
        cluster.forward(
                cluster.fromMaster(task.getTaskId().getValue(), state, reason, message)
                        .setAgentId(task.getAgentId())
                        .build(),
                framework.id);
    }

    private Optional<String> wrong(
            FakeFramework framework, TaskInfo task, FakeAgent agent, String role, FakeResources room, boolean grouped) {
        String id = task.getTaskId().getValue();
        Optional<String> badId = FakeRoles.id(id);
        if (badId.isPresent()) {
            return badId;
        }
        if (cluster.tasks.containsKey(FakeTask.key(framework.id, id))) {
            return Optional.of("Task has duplicate ID: " + id);
        }
        if (!task.getAgentId().getValue().equals(agent.id)) {
            return Optional.of("Task uses invalid agent " + task.getAgentId().getValue() + " while agent " + agent.id
                    + " is expected");
        }
        if (!grouped && task.hasCommand() == task.hasExecutor()) {
            return Optional.of("Task should have at least one (but not both) of CommandInfo or ExecutorInfo present");
        }
        for (Resource resource : task.getResourcesList()) {
            double value = resource.getScalar().getValue();
            long thousandths = Math.round(value * 1000);
            if (resource.hasScalar() && (thousandths < 0 || (thousandths == 0 && value != 0))) {
                String shown = thousandths == 0 ? "0" : String.valueOf(thousandths / 1000);
                return Optional.of("Resource '" + resource.getName() + ":" + shown
                        + "' is invalid: Invalid scalar resource: value <= 0");
            }
        }
        FakeResources wanted = FakeResources.of(task.getResourcesList());
        if (task.containsLimits("mem")
                && Math.round(task.getLimitsOrThrow("mem").getValue() * 1000) < wanted.amount("mem")) {
            return Optional.of("The memory limit must be greater than or equal to the memory request");
        }
        String wantedRole = task.getResourcesList().stream()
                .filter(Resource::hasAllocationInfo)
                .map(resource -> resource.getAllocationInfo().getRole())
                .findFirst()
                .orElse(role);
        if (!wantedRole.equals(role) || !room.covers(wanted)) {
            return Optional.of("Total resources " + wanted.text(wantedRole)
                    + " required by task and its executor is more than available " + room.text(role));
        }
        return Optional.empty();
    }
}
