package dev.slipway.platform.runtime.mesos.fake;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** {@code /api/v1/scheduler}. */
final class FakeSchedulerApi {
    private static final Set<Call.Type> WITHOUT_MESSAGE =
            Set.of(Call.Type.TEARDOWN, Call.Type.REVIVE, Call.Type.SUPPRESS, Call.Type.UNKNOWN);

    private final FakeMesosMaster master;
    private final FakeCluster cluster;
    private final FakeLaunch launch;

    FakeSchedulerApi(FakeMesosMaster master, FakeCluster cluster, Execution.Factory executions) {
        this.master = master;
        this.cluster = cluster;
        this.launch = new FakeLaunch(cluster, executions);
    }

    void handle(FakeHttp.Request request, Optional<String> principal) throws IOException, FakeBody.RefusedException {
        Call call = FakeBody.read(request, Call.newBuilder()).build();
        if (!call.hasType()
                || call.getType() == Call.Type.UNKNOWN
                        && request.headers.get("content-type").equals(FakeBody.JSON)) {
            throw invalid("Expecting 'type' to be present");
        }
        if (call.getType() == Call.Type.SUBSCRIBE) {
            synchronized (cluster) {
                subscribe(request, call, principal);
            }
            return;
        }
        FakeBody.RefusedException wrong = validate(call);
        if (wrong != null) {
            throw wrong;
        }
        synchronized (cluster) {
            FakeFramework framework =
                    cluster.frameworks.get(call.getFrameworkId().getValue());
            if (framework == null) {
                throw new FakeBody.RefusedException(400, "Framework cannot be found");
            }
            if (principal.isPresent() && !principal.get().equals(framework.info.getPrincipal())) {
                throw new FakeBody.RefusedException(
                        400,
                        "Authenticated principal '" + principal.get() + "' does not match principal '"
                                + framework.info.getPrincipal() + "' set in `FrameworkInfo`");
            }
            String streamId = request.headers.get("mesos-stream-id");
            if (!framework.connected()) {
                throw new FakeBody.RefusedException(403, "Framework is not subscribed");
            }
            if (streamId == null) {
                throw new FakeBody.RefusedException(
                        400, "All non-subscribe calls should include the 'Mesos-Stream-Id' header");
            }
            if (!streamId.equals(framework.streamId)) {
                throw new FakeBody.RefusedException(
                        400,
                        "The stream ID '" + streamId
                                + "' included in this request didn't match the stream ID currently associated with"
                                + " framework ID "
                                + framework.id);
            }
            master.count(call);
            String user = call.getUpdateFramework().getFrameworkInfo().getUser();
            if (call.getType() == Call.Type.UPDATE_FRAMEWORK && !user.equals(framework.info.getUser())) {
                throw new FakeBody.RefusedException(
                        400,
                        "FrameworkInfo update is not valid: Updating 'FrameworkInfo.user' is unsupported; attempted to"
                                + " update from '" + framework.info.getUser() + "' to '" + user + "'");
            }
            if (call.getType() == Call.Type.UPDATE_FRAMEWORK
                    && principal.isPresent()
                    && !master.mayRegister(
                            principal.get(),
                            call.getUpdateFramework().getFrameworkInfo().getRolesList())) {
                throw new FakeBody.RefusedException(403, "403 Forbidden.");
            }
            act(framework, call);
        }
        request.text(call.getType() == Call.Type.UPDATE_FRAMEWORK ? 200 : 202, "");
    }

    private static FakeBody.RefusedException invalid(String what) {
        return new FakeBody.RefusedException(400, "Failed to validate scheduler::Call: " + what);
    }

    private static FakeBody.RefusedException validate(Call call) {
        if (!call.hasFrameworkId()) {
            return invalid("Expecting 'framework_id' to be present");
        }
        String message = call.getType().name().toLowerCase(java.util.Locale.ROOT);
        var field = Call.getDescriptor().findFieldByName(message);
        if (!WITHOUT_MESSAGE.contains(call.getType()) && field != null && !call.hasField(field)) {
            return invalid("Expecting '" + message + "' to be present");
        }
        if (call.getType() == Call.Type.ACKNOWLEDGE) {
            ByteString uuid = call.getAcknowledge().getUuid();
            boolean version =
                    uuid.size() == 16 && ((uuid.byteAt(6) >> 4) & 0xf) >= 1 && ((uuid.byteAt(6) >> 4) & 0xf) <= 5;
            if (!version) {
                return invalid("Not a valid UUID");
            }
        }
        return null;
    }

    private void subscribe(FakeHttp.Request request, Call call, Optional<String> principal)
            throws IOException, FakeBody.RefusedException {
        if (!call.hasSubscribe()) {
            throw invalid("Expecting 'subscribe' to be present");
        }
        FrameworkInfo info = call.getSubscribe().getFrameworkInfo();
        if (!info.getId().getValue().equals(call.getFrameworkId().getValue())) {
            throw invalid("'framework_id' differs from 'subscribe.framework_info.id'");
        }
        if (principal.isPresent() && info.hasPrincipal() && !info.getPrincipal().equals(principal.get())) {
            throw invalid("Authenticated principal '" + principal.get() + "' does not match principal '"
                    + info.getPrincipal() + "' set in `FrameworkInfo`");
        }
        if (request.headers.containsKey("mesos-stream-id")) {
            throw new FakeBody.RefusedException(400, "Subscribe calls should not include the 'Mesos-Stream-Id' header");
        }
        boolean json = FakeBody.json(request);
        String streamId = UUID.randomUUID().toString();
        FakeHttp.Stream stream = request.stream(json ? FakeBody.JSON : FakeBody.PROTOBUF, streamId);
        String id = info.getId().getValue();
        Optional<String> wrong = FakeRoles.wrong(info, call.getSubscribe().getSuppressedRolesList());
        FakeFramework known = cluster.frameworks.get(id);
        if (wrong.isEmpty() && cluster.removed.contains(id)) {
            wrong = Optional.of("Framework has been removed");
        }
        if (wrong.isEmpty()
                && known != null
                && !known.info.getPrincipal().equals(principal.orElse(info.getPrincipal()))) {
            wrong = Optional.of("Changing framework's principal is not allowed.");
        }
        if (wrong.isEmpty()) {
            wrong = FakeRoles.wrong(call.getSubscribe().getOfferConstraints());
        }
        if (wrong.isEmpty() && principal.isPresent() && !master.mayRegister(principal.get(), info.getRolesList())) {
            wrong = Optional.of("Not authorized to register framework "
                    + info.getId().getValue() + " with roles { " + String.join(", ", info.getRolesList()) + " }");
        }
        if (wrong.isPresent()) {
            stream.chunk(FakeFramework.record(error(wrong.get()), json));
            stream.end();
            return;
        }
        FrameworkInfo admitted = principal.isPresent()
                ? info.toBuilder().setPrincipal(principal.get()).build()
                : info;
        FakeFramework framework = known == null ? admit(id, admitted) : takeOver(known, admitted);
        framework.suppressed.clear();
        framework.suppressed.addAll(call.getSubscribe().getSuppressedRolesList());
        framework.filters.clear();
        framework.constraints = call.getSubscribe().getOfferConstraints();
        if (framework.removal != null) {
            framework.removal.cancel();
        }
        framework.attach(stream, streamId, json);
        cluster.operators.framework(framework, known == null);
        stream.whenGone(() -> master.disconnected(framework, stream));
        framework.send(Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(framework.proto())
                        .setHeartbeatIntervalSeconds(master.heartbeat().toMillis() / 1000.0)
                        .setMasterInfo(master.info()))
                .build());
        master.beat(framework);
        master.allocate();
        for (FakeTask task : List.copyOf(cluster.tasks.values())) {
            if (task.frameworkId.equals(framework.id) && !task.unacknowledged.isEmpty()) {
                task.resend.cancel();
                cluster.deliver(task, FakeCluster.FIRST_RESEND);
            }
        }
    }

    private static Event error(String message) {
        return Event.newBuilder()
                .setType(Event.Type.ERROR)
                .setError(Event.Error.newBuilder().setMessage(message))
                .build();
    }

    private FakeFramework admit(String wantedId, FrameworkInfo info) {
        String id = wantedId.isEmpty() ? master.nextFrameworkId() : wantedId;
        FakeFramework framework = new FakeFramework(
                id,
                info.toBuilder()
                        .setId(org.apache.mesos.v1.Protos.FrameworkID.newBuilder()
                                .setValue(id))
                        .build());
        cluster.frameworks.put(id, framework);
        return framework;
    }

    private FakeFramework takeOver(FakeFramework framework, FrameworkInfo info) {
        if (framework.connected()) {
            List.copyOf(cluster.offers.values()).stream()
                    .filter(offered -> offered.framework() == framework
                            && !info.getRolesList().contains(offered.role()))
                    .forEach(cluster::rescind);
            framework.send(error("Framework failed over"));
            framework.end();
        }
        cluster.dropOffers(framework);
        framework.info = info.toBuilder()
                .setUser(framework.info.getUser())
                .setCheckpoint(framework.info.getCheckpoint())
                .build();
        return framework;
    }

    private void act(FakeFramework framework, Call call) {
        switch (call.getType()) {
            case TEARDOWN -> cluster.remove(framework);
            case ACCEPT -> launch.accept(framework, call.getAccept());
            case DECLINE -> decline(framework, call.getDecline());
            case REVIVE -> {
                List<String> roles = call.getRevive().getRolesList();
                List<String> which = roles.isEmpty() ? framework.roles() : roles;
                framework.suppressed.removeAll(which);
                framework.filters.keySet().removeIf(key -> which.contains(key.substring(0, key.indexOf('|'))));
                master.allocate();
            }
            case SUPPRESS -> {
                List<String> roles = call.getSuppress().getRolesList();
                framework.suppressed.addAll(roles.isEmpty() ? framework.roles() : roles);
            }
            case KILL -> kill(framework, call.getKill());
            case ACKNOWLEDGE ->
                cluster.acknowledge(
                        framework.id,
                        call.getAcknowledge().getTaskId().getValue(),
                        call.getAcknowledge().getUuid());
            case RECONCILE -> new FakeReconciliation(cluster).answer(framework, call.getReconcile());
            case ACKNOWLEDGE_OPERATION_STATUS ->
                cluster.operations.acknowledge(framework.id, call.getAcknowledgeOperationStatus());
            case RECONCILE_OPERATIONS -> cluster.operations.reconcile(framework.id, call.getReconcileOperations());
            case UPDATE_FRAMEWORK -> update(framework, call.getUpdateFramework());
            case ACCEPT_INVERSE_OFFERS ->
                call.getAcceptInverseOffers()
                        .getInverseOfferIdsList()
                        .forEach(id -> master.allocator()
                                .inverseAnswered(
                                        id.getValue(),
                                        call.getAcceptInverseOffers()
                                                .getFilters()
                                                .getRefuseSeconds()));
            case DECLINE_INVERSE_OFFERS ->
                call.getDeclineInverseOffers()
                        .getInverseOfferIdsList()
                        .forEach(id -> master.allocator()
                                .inverseAnswered(
                                        id.getValue(),
                                        call.getDeclineInverseOffers()
                                                .getFilters()
                                                .getRefuseSeconds()));
            default -> {}
        }
    }

    private void update(FakeFramework framework, Call.UpdateFramework update) {
        List<String> before = framework.roles();
        framework.info = update.getFrameworkInfo();
        framework.suppressed.clear();
        framework.suppressed.addAll(update.getSuppressedRolesList());
        framework.constraints = update.getOfferConstraints();
        List<String> now = framework.roles();
        for (FakeAgent.Offered offered : List.copyOf(cluster.offers.values())) {
            if (offered.framework() == framework && before.contains(offered.role()) && !now.contains(offered.role())) {
                cluster.rescind(offered);
            }
        }
    }

    private void decline(FakeFramework framework, Call.Decline decline) {
        for (OfferID id : decline.getOfferIdsList()) {
            FakeAgent.Offered offered = cluster.offers.get(id.getValue());
            if (offered != null && offered.framework() == framework) {
                cluster.offers.remove(id.getValue());
                offered.agent().offers.remove(id.getValue());
                launch.filter(framework, offered.role(), offered.agent(), offered.resources(), decline.getFilters());
            }
        }
    }

    private void kill(FakeFramework framework, Call.Kill kill) {
        String id = kill.getTaskId().getValue();
        FakeTask task = cluster.tasks.get(FakeTask.key(framework.id, id));
        if (task == null) {
            if (!master.silentAfterRestart()) {
                cluster.forward(
                        new FakeReconciliation(cluster)
                                .unknown(framework, id, kill.getAgentId().getValue()),
                        framework.id);
            }
            return;
        }
        if (task.agent.standing == FakeAgent.Standing.RECOVERED) {
            return;
        }
        if (task.agent.standing == FakeAgent.Standing.UNREACHABLE) {
            new FakeReconciliation(cluster).tell(framework, task);
            return;
        }
        if (task.agent.standing == FakeAgent.Standing.DISCONNECTED || task.terminal()) {
            return;
        }
        if (task.state == TaskState.TASK_STAGING) {
            cluster.fromExecutor(
                    task,
                    TaskState.TASK_KILLED,
                    status -> status.setSource(TaskStatus.Source.SOURCE_AGENT)
                            .setReason(TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH)
                            .setMessage("Killed before delivery to the executor"));
            task.execution.destroy();
            return;
        }
        boolean docker = task.info.getContainer().getType() == org.apache.mesos.v1.Protos.ContainerInfo.Type.DOCKER;
        var policy = docker && kill.hasKillPolicy() ? kill.getKillPolicy() : task.info.getKillPolicy();
        Duration grace = policy.hasGracePeriod()
                ? Duration.ofNanos(policy.getGracePeriod().getNanoseconds())
                : Duration.ofSeconds(docker ? 5 : 3);
        cluster.fromExecutor(task, TaskState.TASK_KILLING, status -> {});
        task.execution.kill(grace);
    }

    static String uuid(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
