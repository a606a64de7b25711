package dev.slipway.platform.runtime.mesos;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** The calls we make, without the framework id, which the sender adds. */
final class Calls {
    private Calls() {}

    static FrameworkInfo framework(MesosSite site, String frameworkId, Collection<String> roles) {
        FrameworkInfo.Builder info = FrameworkInfo.newBuilder()
                .setUser(site.user())
                .setName(site.frameworkName())
                .setId(FrameworkID.newBuilder().setValue(frameworkId))
                .setFailoverTimeout(site.failoverTimeout().toSeconds())
                .setCheckpoint(true)
                .addAllRoles(roles);
        site.credentials().principal().ifPresent(info::setPrincipal);
        site.webui().ifPresent(info::setWebuiUrl);
        for (Capability.Type type : List.of(
                Capability.Type.MULTI_ROLE,
                Capability.Type.PARTITION_AWARE,
                Capability.Type.RESERVATION_REFINEMENT,
                Capability.Type.TASK_KILLING_STATE,
                Capability.Type.REGION_AWARE)) {
            info.addCapabilities(Capability.newBuilder().setType(type));
        }
        if (site.gpus()) {
            info.addCapabilities(Capability.newBuilder().setType(Capability.Type.GPU_RESOURCES));
        }
        return info.build();
    }

    static Call.Builder subscribe(FrameworkInfo info, Collection<String> suppressed) {
        return Call.newBuilder()
                .setType(Call.Type.SUBSCRIBE)
                .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info).addAllSuppressedRoles(suppressed));
    }

    static Call.Builder updateFramework(FrameworkInfo info, Collection<String> suppressed) {
        return Call.newBuilder()
                .setType(Call.Type.UPDATE_FRAMEWORK)
                .setUpdateFramework(
                        Call.UpdateFramework.newBuilder().setFrameworkInfo(info).addAllSuppressedRoles(suppressed));
    }

    static Call.Builder launch(List<OfferID> offers, List<TaskInfo> tasks, Duration refuse) {
        return Call.newBuilder()
                .setType(Call.Type.ACCEPT)
                .setAccept(Call.Accept.newBuilder()
                        .addAllOfferIds(offers)
                        .addOperations(Offer.Operation.newBuilder()
                                .setType(Offer.Operation.Type.LAUNCH)
                                .setLaunch(Offer.Operation.Launch.newBuilder().addAllTaskInfos(tasks)))
                        .setFilters(filters(refuse)));
    }

    static Call.Builder decline(List<OfferID> offers, Duration refuse) {
        return Call.newBuilder()
                .setType(Call.Type.DECLINE)
                .setDecline(Call.Decline.newBuilder().addAllOfferIds(offers).setFilters(filters(refuse)));
    }

    private static Filters.Builder filters(Duration refuse) {
        return Filters.newBuilder().setRefuseSeconds(refuse.toMillis() / 1000.0);
    }

    static Call.Builder revive(Collection<String> roles) {
        return Call.newBuilder()
                .setType(Call.Type.REVIVE)
                .setRevive(Call.Revive.newBuilder().addAllRoles(roles));
    }

    static Call.Builder suppress(Collection<String> roles) {
        return Call.newBuilder()
                .setType(Call.Type.SUPPRESS)
                .setSuppress(Call.Suppress.newBuilder().addAllRoles(roles));
    }

    static Call.Builder acknowledge(TaskID task, AgentID agent, ByteString uuid) {
        return Call.newBuilder()
                .setType(Call.Type.ACKNOWLEDGE)
                .setAcknowledge(Call.Acknowledge.newBuilder()
                        .setTaskId(task)
                        .setAgentId(agent)
                        .setUuid(uuid));
    }

    static Call.Builder kill(MesosTask task, Duration grace) {
        Call.Kill.Builder kill = Call.Kill.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue(task.id().text()))
                .setKillPolicy(KillPolicy.newBuilder()
                        .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos())));
        if (!task.agentId().isEmpty()) {
            kill.setAgentId(AgentID.newBuilder().setValue(task.agentId()));
        }
        return Call.newBuilder().setType(Call.Type.KILL).setKill(kill);
    }

    /** Asks about these tasks; about all that the master knows if there are none. */
    static Call.Builder reconcile(Collection<MesosTask> tasks) {
        Call.Reconcile.Builder reconcile = Call.Reconcile.newBuilder();
        for (MesosTask task : tasks) {
            Call.Reconcile.Task.Builder asked = Call.Reconcile.Task.newBuilder()
                    .setTaskId(TaskID.newBuilder().setValue(task.id().text()));
            if (!task.agentId().isEmpty()) {
                asked.setAgentId(AgentID.newBuilder().setValue(task.agentId()));
            }
            reconcile.addTasks(asked);
        }
        return Call.newBuilder().setType(Call.Type.RECONCILE).setReconcile(reconcile);
    }

    static Call.Builder answerInverse(List<OfferID> ids, boolean accept, Duration refuse) {
        return accept
                ? Call.newBuilder()
                        .setType(Call.Type.ACCEPT_INVERSE_OFFERS)
                        .setAcceptInverseOffers(Call.AcceptInverseOffers.newBuilder()
                                .addAllInverseOfferIds(ids)
                                .setFilters(filters(refuse)))
                : Call.newBuilder()
                        .setType(Call.Type.DECLINE_INVERSE_OFFERS)
                        .setDeclineInverseOffers(Call.DeclineInverseOffers.newBuilder()
                                .addAllInverseOfferIds(ids)
                                .setFilters(filters(refuse)));
    }
}
