package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.mesos.wire.Asking;
import dev.slipway.platform.runtime.mesos.wire.HttpAnswer;
import dev.slipway.platform.runtime.mesos.wire.MasterAddress;
import dev.slipway.platform.runtime.mesos.wire.MasterLocator;
import dev.slipway.tenancy.identity.TenantName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Label;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Task;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.master.Protos.Call;
import org.apache.mesos.v1.master.Protos.Response;
import org.apache.mesos.v1.quota.Protos.QuotaConfig;

/** Questions to the master's operator API, and the limits of tenants. */
public final class MesosOperator {
    private static final Set<TaskState> ENDED = EnumSet.of(
            TaskState.TASK_FINISHED,
            TaskState.TASK_FAILED,
            TaskState.TASK_KILLED,
            TaskState.TASK_ERROR,
            TaskState.TASK_LOST,
            TaskState.TASK_DROPPED,
            TaskState.TASK_GONE,
            TaskState.TASK_GONE_BY_OPERATOR);

    private final MesosSite site;
    private final Asking asking;

    MesosOperator(MesosSite site, Asking asking) {
        this.site = site;
        this.asking = asking;
    }

    /**
     * A framework the cluster knows.
     *
     * @param connected whether somebody is subscribed as it
     */
    record KnownFramework(String id, String name, boolean connected) {}

    /**
     * A task that has not ended.
     *
     * @param labels everything it was launched with
     */
    record KnownTask(
            InstanceId id,
            String framework,
            String agentId,
            Map<String, String> labels,
            long cpuMillis,
            long memoryBytes) {
        KnownTask {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * A node of the cluster.
     *
     * @param address where it is reached, {@code host:port}; empty if it does not say
     * @param cpuMillis thousandths of a processor that other frameworks do not hold
     * @param memoryBytes bytes of memory that other frameworks do not hold
     * @param draining whether an operator drains or has switched it off
     */
    public record Node(
            String id,
            String host,
            String address,
            Map<String, String> attributes,
            long cpuMillis,
            long memoryBytes,
            boolean active,
            boolean draining) {
        public Node {
            attributes = Map.copyOf(attributes);
        }
    }

    /** The version of the master. */
    String version() throws IOException {
        return ask(Call.newBuilder().setType(Call.Type.GET_VERSION))
                .getGetVersion()
                .getVersionInfo()
                .getVersion();
    }

    /** Every framework that the cluster still knows. */
    List<KnownFramework> frameworks() throws IOException {
        return ask(Call.newBuilder().setType(Call.Type.GET_FRAMEWORKS)).getGetFrameworks().getFrameworksList().stream()
                .map(each -> new KnownFramework(
                        each.getFrameworkInfo().getId().getValue(),
                        each.getFrameworkInfo().getName(),
                        each.getConnected()))
                .toList();
    }

    /** The tasks of all frameworks that have not ended and are named like instances. */
    List<KnownTask> tasks() throws IOException {
        Response.GetTasks tasks =
                ask(Call.newBuilder().setType(Call.Type.GET_TASKS)).getGetTasks();
        List<KnownTask> found = new ArrayList<>();
        List<Task> all = new ArrayList<>(tasks.getTasksList());
        all.addAll(tasks.getUnreachableTasksList());
        for (Task task : all) {
            Optional<InstanceId> id = InstanceId.find(task.getTaskId().getValue());
            if (id.isPresent() && !ENDED.contains(task.getState())) {
                Map<String, String> labels = new HashMap<>();
                for (Label label : task.getLabels().getLabelsList()) {
                    labels.put(label.getKey(), label.getValue());
                }
                Room room = Room.of(task.getResourcesList());
                found.add(new KnownTask(
                        id.get(),
                        task.getFrameworkId().getValue(),
                        task.getAgentId().getValue(),
                        labels,
                        room.cpus(),
                        (room.memory() / 1000) << 20));
            }
        }
        return found;
    }

    /** Ends a framework with all its tasks; nothing happens if the cluster does not know it. */
    void teardown(String frameworkId) throws IOException {
        if (frameworks().stream().anyMatch(framework -> framework.id().equals(frameworkId))) {
            ask(Call.newBuilder()
                    .setType(Call.Type.TEARDOWN)
                    .setTeardown(Call.Teardown.newBuilder()
                            .setFrameworkId(FrameworkID.newBuilder().setValue(frameworkId))));
        }
    }

    /** The ids of all agents that are registered, or were before the master began to lead. */
    Set<String> agentIds() throws IOException {
        Response.GetAgents agents =
                ask(Call.newBuilder().setType(Call.Type.GET_AGENTS)).getGetAgents();
        Set<String> ids = new HashSet<>();
        agents.getAgentsList()
                .forEach(agent -> ids.add(agent.getAgentInfo().getId().getValue()));
        agents.getRecoveredAgentsList().forEach(agent -> ids.add(agent.getId().getValue()));
        return ids;
    }

    /** The nodes that are registered now. */
    public List<Node> nodes() throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (Response.GetAgents.Agent agent : ask(Call.newBuilder().setType(Call.Type.GET_AGENTS))
                .getGetAgents()
                .getAgentsList()) {
            Map<String, String> attributes = new HashMap<>();
            for (Attribute attribute : agent.getAgentInfo().getAttributesList()) {
                if (attribute.getType() == Value.Type.TEXT) {
                    attributes.put(attribute.getName(), attribute.getText().getValue());
                }
            }
            Room room = Room.of(withoutRoles(agent.getAgentInfo().getResourcesList()));
            Room others = Room.of(agent.getAllocatedResourcesList().stream()
                    .filter(resource -> !resource.getAllocationInfo().getRole().startsWith(Demand.ROLES))
                    .toList());
            nodes.add(new Node(
                    agent.getAgentInfo().getId().getValue(),
                    agent.getAgentInfo().getHostname(),
                    agent.getPid().substring(agent.getPid().indexOf('@') + 1),
                    attributes,
                    Math.max(0, room.cpus() - others.cpus()),
                    (Math.max(0, room.memory() - others.memory()) / 1000) << 20,
                    agent.getActive(),
                    agent.getDeactivated() || agent.hasDrainInfo()));
        }
        return nodes;
    }

    /**
     * The machines that an operator takes away for a while, by host name, where that begins soon and has not ended. A window without an end is one until it is taken out of the schedule.
     */
    Set<String> machinesGoing(Instant now, Duration ahead) throws IOException {
        Set<String> going = new HashSet<>();
        ask(Call.newBuilder().setType(Call.Type.GET_MAINTENANCE_SCHEDULE))
                .getGetMaintenanceSchedule()
                .getSchedule()
                .getWindowsList()
                .stream()
                .filter(window -> open(window.getUnavailability(), now, ahead))
                .forEach(window -> window.getMachineIdsList().forEach(machine -> going.add(machine.getHostname())));
        return going;
    }

    private static boolean open(Unavailability window, Instant now, Duration ahead) {
        Instant start = Instant.EPOCH.plusNanos(window.getStart().getNanoseconds());
        return !start.isAfter(now.plus(ahead))
                && (!window.hasDuration()
                        || start.plusNanos(window.getDuration().getNanoseconds())
                                .isAfter(now));
    }

    private static List<Resource> withoutRoles(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.getReservationsCount() == 0)
                .toList();
    }

    /**
     * Limits what the instances of a tenant may hold in this cluster, so that the master holds the limit too.
     *
     * @param cpuMillis thousandths of a processor
     * @param memoryBytes bytes
     */
    public void limit(TenantName tenant, long cpuMillis, long memoryBytes) throws IOException {
        ask(Call.newBuilder()
                .setType(Call.Type.UPDATE_QUOTA)
                .setUpdateQuota(Call.UpdateQuota.newBuilder()
                        // The tenant may hold more already: then nothing new is offered, and nothing is killed.
                        .setForce(true)
                        .addQuotaConfigs(QuotaConfig.newBuilder()
                                .setRole(Demand.role(tenant))
                                .putLimits("cpus", scalar(cpuMillis / 1000.0))
                                .putLimits("mem", scalar(memoryBytes / (double) (1 << 20))))));
    }

    private static Value.Scalar scalar(double value) {
        return Value.Scalar.newBuilder().setValue(value).build();
    }

    private Response ask(Call.Builder call) throws IOException {
        IOException last = new IOException("There is no master to ask");
        try (MasterLocator locator = site.locator()) {
            for (MasterAddress master : locator.candidates()) {
                try {
                    HttpAnswer answer = asking.post(master, call.build().toByteArray());
                    if (answer.taken()) {
                        return Response.parseFrom(answer.body());
                    }
                    last = new IOException(
                            "Tried " + call.getType() + " at the Mesos master " + master + ": " + answer.summary());
                } catch (IOException e) {
                    last = e;
                }
            }
        }
        throw last;
    }
}
