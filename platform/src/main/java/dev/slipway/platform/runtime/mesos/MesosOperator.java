package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.mesos.wire.Asking;
import dev.slipway.platform.runtime.mesos.wire.HttpAnswer;
import dev.slipway.platform.runtime.mesos.wire.MasterAddress;
import dev.slipway.platform.runtime.mesos.wire.MasterLocator;
import dev.slipway.tenancy.identity.TenantName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.Label;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Task;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.master.Protos.Call;
import org.apache.mesos.v1.master.Protos.Response;
import org.apache.mesos.v1.quota.Protos.QuotaConfig;

/** Questions to the master's operator API, and the limits of tenants. */
public final class MesosOperator {
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
    public record KnownFramework(String id, String name, boolean connected, List<String> roles) {
        public KnownFramework {
            roles = List.copyOf(roles);
        }
    }

    /**
     * An instance that can be rebuilt from what its task carries.
     *
     * @param labels everything it was launched with
     */
    public record FoundInstance(InstanceId id, String agentId, boolean running, Map<String, String> labels) {
        public FoundInstance {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * A node of the cluster.
     *
     * @param draining whether an operator drains or has switched it off
     */
    public record Node(
            String id,
            String host,
            Map<String, String> attributes,
            long cpuMillis,
            long memoryBytes,
            boolean active,
            boolean draining) {
        public Node {
            attributes = Map.copyOf(attributes);
        }
    }

    /** Every framework that the cluster still knows. */
    public List<KnownFramework> frameworks() throws IOException {
        return ask(Call.newBuilder().setType(Call.Type.GET_FRAMEWORKS)).getGetFrameworks().getFrameworksList().stream()
                .map(each -> new KnownFramework(
                        each.getFrameworkInfo().getId().getValue(),
                        each.getFrameworkInfo().getName(),
                        each.getConnected(),
                        each.getFrameworkInfo().getRolesList()))
                .toList();
    }

    /** The instances of a framework, told from their labels: enough to rebuild a lost database. */
    public List<FoundInstance> instances(String frameworkId) throws IOException {
        Response.GetTasks tasks =
                ask(Call.newBuilder().setType(Call.Type.GET_TASKS)).getGetTasks();
        List<FoundInstance> found = new ArrayList<>();
        List<Task> all = new ArrayList<>(tasks.getTasksList());
        all.addAll(tasks.getUnreachableTasksList());
        for (Task task : all) {
            Optional<InstanceId> id = InstanceId.find(task.getTaskId().getValue());
            if (id.isPresent() && task.getFrameworkId().getValue().equals(frameworkId)) {
                Map<String, String> labels = new HashMap<>();
                for (Label label : task.getLabels().getLabelsList()) {
                    labels.put(label.getKey(), label.getValue());
                }
                found.add(new FoundInstance(
                        id.get(), task.getAgentId().getValue(), task.getState() == TaskState.TASK_RUNNING, labels));
            }
        }
        return found;
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
            nodes.add(new Node(
                    agent.getAgentInfo().getId().getValue(),
                    agent.getAgentInfo().getHostname(),
                    attributes,
                    room.cpus(),
                    (room.memory() / 1000) << 20,
                    agent.getActive(),
                    agent.getDeactivated() || agent.hasDrainInfo()));
        }
        return nodes;
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
