package dev.slipway.platform.runtime.mesos.fake;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.DrainConfig;
import org.apache.mesos.v1.Protos.DrainInfo;
import org.apache.mesos.v1.Protos.DrainState;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.VersionInfo;
import org.apache.mesos.v1.maintenance.Protos.ClusterStatus;
import org.apache.mesos.v1.maintenance.Protos.Schedule;
import org.apache.mesos.v1.maintenance.Protos.Window;
import org.apache.mesos.v1.master.Protos.Call;
import org.apache.mesos.v1.master.Protos.Response;
import org.apache.mesos.v1.quota.Protos.QuotaConfig;
import org.apache.mesos.v1.quota.Protos.QuotaStatus;

/** {@code /api/v1} of the master. */
final class FakeOperatorApi {
    private final FakeMesosMaster master;
    private final FakeCluster cluster;

    FakeOperatorApi(FakeMesosMaster master, FakeCluster cluster) {
        this.master = master;
        this.cluster = cluster;
    }

    void handle(FakeHttp.Request request, Optional<String> principal) throws IOException, FakeBody.RefusedException {
        Call call = FakeBody.read(request, Call.newBuilder()).build();
        if (!call.hasType() || call.getType() == Call.Type.UNKNOWN) {
            throw invalid("Expecting 'type' to be present");
        }
        FakeBody.json(request);
        if (call.getType() == Call.Type.TEARDOWN
                && principal.isPresent()
                && !master.mayRegister(principal.get(), List.of("*"))) {
            throw new FakeBody.RefusedException(403, "403 Forbidden.");
        }
        if (call.getType() == Call.Type.SUBSCRIBE) {
            synchronized (cluster) {
                cluster.operators.subscribe(request);
            }
            return;
        }
        Response.Builder response = Response.newBuilder();
        boolean answered;
        synchronized (cluster) {
            answered = ask(call, response);
        }
        if (answered) {
            FakeBody.answer(request, response.build());
        } else {
            boolean later =
                    call.getType() == Call.Type.RESERVE_RESOURCES || call.getType() == Call.Type.UNRESERVE_RESOURCES;
            request.text(later ? 202 : 200, "");
        }
    }

    private static FakeBody.RefusedException invalid(String what) {
        return new FakeBody.RefusedException(400, "Failed to validate master::Call: " + what);
    }

    private boolean ask(Call call, Response.Builder to) throws FakeBody.RefusedException {
        switch (call.getType()) {
            case GET_VERSION ->
                to.setType(Response.Type.GET_VERSION)
                        .setGetVersion(Response.GetVersion.newBuilder()
                                .setVersionInfo(VersionInfo.newBuilder()
                                        .setVersion(master.version())
                                        .setBuildDate("2020-11-24 00:00:00 UTC")
                                        .setBuildTime(1606176000.0)
                                        .setBuildUser("build")
                                        .setGitSha("04bc7ee1984d86fbb0bd782ccc69ce44c13ae4b9")
                                        .setGitTag("1.11.0")));
            case GET_HEALTH ->
                to.setType(Response.Type.GET_HEALTH)
                        .setGetHealth(Response.GetHealth.newBuilder().setHealthy(true));
            case GET_MASTER ->
                to.setType(Response.Type.GET_MASTER)
                        .setGetMaster(Response.GetMaster.newBuilder().setMasterInfo(master.info()));
            case GET_FRAMEWORKS -> frameworks(to);
            case GET_AGENTS -> agents(to);
            case GET_TASKS -> tasks(to);
            case GET_ROLES -> {
                Response.GetRoles.Builder roles = Response.GetRoles.newBuilder();
                cluster.frameworks.values().stream()
                        .flatMap(framework -> framework.roles().stream())
                        .distinct()
                        .forEach(role -> roles.addRoles(org.apache.mesos.v1.Protos.Role.newBuilder()
                                .setName(role)
                                .setWeight(1)));
                to.setType(Response.Type.GET_ROLES).setGetRoles(roles);
            }
            case GET_QUOTA -> {
                QuotaStatus.Builder status = QuotaStatus.newBuilder();
                cluster.limits.forEach((role, limit) -> {
                    QuotaConfig.Builder config = QuotaConfig.newBuilder().setRole(role);
                    limit.forEach((name, value) -> config.putLimits(
                            name,
                            org.apache.mesos.v1.Protos.Value.Scalar.newBuilder()
                                    .setValue(value / 1000.0)
                                    .build()));
                    status.addConfigs(config);
                });
                to.setType(Response.Type.GET_QUOTA)
                        .setGetQuota(Response.GetQuota.newBuilder().setStatus(status));
            }
            case GET_WEIGHTS -> to.setType(Response.Type.GET_WEIGHTS);
            case GET_OPERATIONS ->
                to.setType(Response.Type.GET_OPERATIONS).setGetOperations(Response.GetOperations.newBuilder());
            case GET_MAINTENANCE_STATUS ->
                to.setType(Response.Type.GET_MAINTENANCE_STATUS)
                        .setGetMaintenanceStatus(
                                Response.GetMaintenanceStatus.newBuilder().setStatus(ClusterStatus.newBuilder()));
            case GET_MAINTENANCE_SCHEDULE ->
                to.setType(Response.Type.GET_MAINTENANCE_SCHEDULE)
                        .setGetMaintenanceSchedule(
                                Response.GetMaintenanceSchedule.newBuilder().setSchedule(cluster.schedule));
            default -> {
                change(call);
                return false;
            }
        }
        return true;
    }

    private void change(Call call) throws FakeBody.RefusedException {
        switch (call.getType()) {
            case UPDATE_QUOTA -> quota(call.getUpdateQuota());
            case RESERVE_RESOURCES ->
                cluster.operations.operate(
                        agent(call.getReserveResources().getAgentId().getValue(), "No agent found with specified ID"),
                        Offer.Operation.newBuilder()
                                .setType(Offer.Operation.Type.RESERVE)
                                .setReserve(Offer.Operation.Reserve.newBuilder()
                                        .addAllResources(
                                                call.getReserveResources().getResourcesList()))
                                .build());
            case UNRESERVE_RESOURCES ->
                cluster.operations.operate(
                        agent(call.getUnreserveResources().getAgentId().getValue(), "No agent found with specified ID"),
                        Offer.Operation.newBuilder()
                                .setType(Offer.Operation.Type.UNRESERVE)
                                .setUnreserve(Offer.Operation.Unreserve.newBuilder()
                                        .addAllResources(
                                                call.getUnreserveResources().getResourcesList()))
                                .build());
            case TEARDOWN -> {
                FakeFramework framework = cluster.frameworks.get(
                        call.getTeardown().getFrameworkId().getValue());
                if (framework == null) {
                    throw new FakeBody.RefusedException(400, "No framework found with specified ID");
                }
                cluster.remove(framework);
            }
            case DRAIN_AGENT -> {
                if (!call.hasDrainAgent()) {
                    throw invalid("Expecting 'drain_agent' to be present");
                }
                FakeAgent agent = agent(call.getDrainAgent().getAgentId().getValue(), "Unknown agent");
                DrainConfig.Builder config = DrainConfig.newBuilder();
                Duration grace = Duration.ofSeconds(5);
                if (call.getDrainAgent().hasMaxGracePeriod()) {
                    grace = Duration.ofSeconds(
                            call.getDrainAgent().getMaxGracePeriod().getSeconds());
                    config.setMaxGracePeriod(
                            org.apache.mesos.v1.Protos.DurationInfo.newBuilder().setNanoseconds(grace.toNanos()));
                }
                cluster.drain(
                        agent,
                        DrainInfo.newBuilder()
                                .setState(DrainState.DRAINING)
                                .setConfig(config)
                                .build(),
                        grace);
            }
            case DEACTIVATE_AGENT -> {
                FakeAgent agent = agent(call.getDeactivateAgent().getAgentId().getValue(), "Unknown agent");
                agent.deactivated = true;
                cluster.rescindAll(agent);
            }
            case REACTIVATE_AGENT -> {
                FakeAgent agent = agent(call.getReactivateAgent().getAgentId().getValue(), "Agent is not deactivated");
                if (!agent.deactivated) {
                    throw new FakeBody.RefusedException(400, "Agent is not deactivated");
                }
                if (agent.drain != null && agent.drain.getState() == DrainState.DRAINING) {
                    throw new FakeBody.RefusedException(400, "Agent is still in the DRAINING state");
                }
                agent.deactivated = false;
                agent.drain = null;
            }
            case MARK_AGENT_GONE ->
                cluster.removed(
                        agent(call.getMarkAgentGone().getAgentId().getValue(), "Unknown agent"),
                        TaskState.TASK_GONE_BY_OPERATOR,
                        TaskStatus.Reason.REASON_AGENT_REMOVED_BY_OPERATOR,
                        "Agent has been marked gone");
            case UPDATE_MAINTENANCE_SCHEDULE ->
                schedule(call.getUpdateMaintenanceSchedule().getSchedule());
            case STOP_MAINTENANCE -> schedule(Schedule.getDefaultInstance());
            case START_MAINTENANCE ->
                call.getStartMaintenance()
                        .getMachinesList()
                        .forEach(machine -> List.copyOf(cluster.agents.values()).stream()
                                .filter(agent -> agent.hostname.equals(machine.getHostname()))
                                .forEach(agent -> cluster.removed(
                                        agent,
                                        TaskState.TASK_LOST,
                                        TaskStatus.Reason.REASON_AGENT_REMOVED,
                                        "Agent " + agent.hostname + " removed: Operator initiated 'Machine DOWN'")));
            default -> throw new FakeBody.RefusedException(501, "This fake does not know " + call.getType());
        }
    }

    void schedule(Schedule schedule) {
        cluster.schedule = schedule;
        List.copyOf(cluster.offers.values()).forEach(cluster::rescind);
        cluster.agents.values().forEach(agent -> agent.unavailability = null);
        for (Window window : schedule.getWindowsList()) {
            window.getMachineIdsList()
                    .forEach(machine -> cluster.agents.values().stream()
                            .filter(agent -> agent.hostname.equals(machine.getHostname()))
                            .forEach(agent -> agent.unavailability = window.getUnavailability()));
        }
    }

    private FakeAgent agent(String id, String otherwise) throws FakeBody.RefusedException {
        FakeAgent agent = cluster.agents.get(id);
        if (agent == null) {
            throw new FakeBody.RefusedException(400, otherwise);
        }
        return agent;
    }

    private void quota(Call.UpdateQuota update) throws FakeBody.RefusedException {
        for (QuotaConfig config : update.getQuotaConfigsList()) {
            if (config.getRole().contains("/")) {
                throw new FakeBody.RefusedException(
                        400, "Updating quota on nested role '" + config.getRole() + "' is not supported yet");
            }
            Map<String, Long> limit = new HashMap<>();
            config.getLimitsMap().forEach((name, value) -> limit.put(name, Math.round(value.getValue() * 1000)));
            FakeResources used = FakeResources.NONE;
            for (FakeTask task : cluster.tasks.values()) {
                boolean counts = task.role.equals(config.getRole()) || task.role.startsWith(config.getRole() + "/");
                if (counts && !task.terminal()) {
                    used = used.plus(task.resources);
                }
            }
            FakeResources consumed = used;
            if (!update.getForce()
                    && limit.entrySet().stream().anyMatch(each -> consumed.amount(each.getKey()) > each.getValue())) {
                throw new FakeBody.RefusedException(
                        400,
                        "Invalid QuotaConfig: Role '" + config.getRole() + "' is already consuming '"
                                + consumed.only(limit.keySet()).text("")
                                + "'; this is more than the requested limits '"
                                + FakeResources.of(limit).text("")
                                + "' (use 'force' flag to bypass this check)");
            }
            cluster.limits.put(config.getRole(), limit);
            if (limit.keySet().stream().anyMatch(name -> cluster.held(config.getRole(), name) > limit.get(name))) {
                List.copyOf(cluster.offers.values()).stream()
                        .filter(offered -> offered.role().equals(config.getRole()))
                        .forEach(cluster::rescind);
            }
        }
    }

    private void frameworks(Response.Builder to) {
        Response.GetFrameworks.Builder all = Response.GetFrameworks.newBuilder();
        for (FakeFramework framework : cluster.frameworks.values()) {
            all.addFrameworks(Response.GetFrameworks.Framework.newBuilder()
                    .setFrameworkInfo(framework.info)
                    .setActive(framework.connected())
                    .setConnected(framework.connected())
                    .setRecovered(false));
        }
        to.setType(Response.Type.GET_FRAMEWORKS).setGetFrameworks(all);
    }

    private void agents(Response.Builder to) {
        Response.GetAgents.Builder all = Response.GetAgents.newBuilder();
        for (FakeAgent agent : cluster.agents.values()) {
            AgentInfo.Builder info = AgentInfo.newBuilder()
                    .setHostname(agent.hostname)
                    .setPort(master.agentPort())
                    .addAllResources(agent.total.toProto(""))
                    .setId(agent.proto());
            agent.attributes.forEach((name, value) -> info.addAttributes(FakeAgent.attribute(name, value)));
            if (agent.standing == FakeAgent.Standing.RECOVERED) {
                all.addRecoveredAgents(info);
            } else if (agent.registered()) {
                Response.GetAgents.Agent.Builder each = Response.GetAgents.Agent.newBuilder()
                        .setAgentInfo(info)
                        .setActive(agent.standing == FakeAgent.Standing.REGISTERED)
                        .setVersion("1.11.0")
                        .setPid("slave(1)@127.0.0.1:" + master.agentPort())
                        .setDeactivated(agent.deactivated);
                if (agent.drain != null) {
                    each.setDrainInfo(agent.drain);
                }
                all.addAgents(each);
            }
        }
        to.setType(Response.Type.GET_AGENTS).setGetAgents(all);
    }

    private void tasks(Response.Builder to) {
        Response.GetTasks.Builder all = Response.GetTasks.newBuilder();
        for (FakeTask task : cluster.tasks.values()) {
            if (task.agent.standing == FakeAgent.Standing.UNREACHABLE) {
                all.addUnreachableTasks(task.proto());
            } else if (task.agent.registered()) {
                all.addTasks(task.proto());
            }
        }
        cluster.completed.stream().limit(100).forEach(task -> all.addCompletedTasks(task.proto()));
        to.setType(Response.Type.GET_TASKS).setGetTasks(all);
    }
}
