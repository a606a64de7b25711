package dev.slipway.platform.runtime.mesos.fake;

import dev.slipway.platform.loop.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OperationID;
import org.apache.mesos.v1.Protos.OperationState;
import org.apache.mesos.v1.Protos.OperationStatus;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/** RESERVE, UNRESERVE, CREATE and DESTROY, and the news of those that have an id. */
final class FakeOperations {
    /** One that has an id and went well: told again until it is acknowledged. */
    private static final class Done {
        final OperationStatus status;
        Timer.@Nullable Scheduled resend;

        Done(OperationStatus status) {
            this.status = status;
        }
    }

    private final FakeCluster cluster;
    private final Map<String, Done> done = new LinkedHashMap<>();

    FakeOperations(FakeCluster cluster) {
        this.cluster = cluster;
    }

    /** What becomes of resources; a refusal is an exception with the master's words. */
    static FakeResources applied(FakeResources room, Offer.Operation operation, String role)
            throws FakeBody.RefusedException {
        FakeResources left = room;
        List<Resource> resources = switch (operation.getType()) {
            case RESERVE -> operation.getReserve().getResourcesList();
            case UNRESERVE -> operation.getUnreserve().getResourcesList();
            case CREATE -> operation.getCreate().getVolumesList();
            case DESTROY -> operation.getDestroy().getVolumesList();
            default -> List.of();
        };
        for (Resource resource : resources) {
            FakeResources.Kind kind = FakeResources.Kind.of(resource);
            long amount = Math.round(resource.getScalar().getValue() * 1000);
            boolean makes = operation.getType() == Offer.Operation.Type.RESERVE
                    || operation.getType() == Offer.Operation.Type.CREATE;
            FakeResources.Kind other = operation.getType() == Offer.Operation.Type.RESERVE
                            || operation.getType() == Offer.Operation.Type.UNRESERVE
                    ? kind.unreserved()
                    : kind.space();
            FakeResources gone = FakeResources.of(makes ? other : kind, amount);
            FakeResources come = FakeResources.of(makes ? kind : other, amount);
            if (!left.covers(gone)) {
                throw new FakeBody.RefusedException(400, left.text(role) + " does not contain " + gone.text(role));
            }
            left = left.minus(gone).plus(come);
        }
        return left;
    }

    /** One operation of an ACCEPT; what is left of the offers after it. */
    FakeResources take(
            FakeFramework framework, FakeAgent agent, String role, FakeResources room, Offer.Operation operation) {
        try {
            FakeResources after = applied(room, operation, role);
            agent.reshape(room, after);
            if (operation.hasId()) {
                OperationStatus status = status(operation.getId(), OperationState.OPERATION_FINISHED)
                        .setUuid(org.apache.mesos.v1.Protos.UUID
                                .newBuilder()
                                .setValue(FakeTask.bytes(UUID.randomUUID())))
                        .setAgentId(agent.proto())
                        .build();
                Done fresh = new Done(status);
                done.put(key(framework.id, operation.getId()), fresh);
                deliver(framework.id, fresh, FakeCluster.FIRST_RESEND);
            }
            return after;
        } catch (FakeBody.RefusedException e) {
            refuse(framework, operation, String.valueOf(e.getMessage()));
            return room;
        }
    }

    /** Without an id nobody is told. */
    void refuse(FakeFramework framework, Offer.Operation operation, String why) {
        if (operation.hasId()) {
            tell(
                    framework.id,
                    status(operation.getId(), OperationState.OPERATION_ERROR)
                            .setMessage(why)
                            .build());
        }
    }

    private static String key(String framework, OperationID id) {
        return framework + "/" + id.getValue();
    }

    private static OperationStatus.Builder status(OperationID id, OperationState state) {
        return OperationStatus.newBuilder().setOperationId(id).setState(state);
    }

    private void tell(String framework, OperationStatus status) {
        cluster.send(
                framework,
                Event.newBuilder()
                        .setType(Event.Type.UPDATE_OPERATION_STATUS)
                        .setUpdateOperationStatus(
                                Event.UpdateOperationStatus.newBuilder().setStatus(status))
                        .build());
    }

    private void deliver(String framework, Done operation, Duration again) {
        tell(framework, operation.status);
        operation.resend = cluster.timer.after(again, () -> {
            synchronized (cluster) {
                deliver(framework, operation, again.multipliedBy(2));
            }
        });
    }

    void acknowledge(String framework, Call.AcknowledgeOperationStatus acknowledge) {
        Done known = done.get(key(framework, acknowledge.getOperationId()));
        ByteString uuid = acknowledge.getUuid();
        if (known != null
                && known.resend != null
                && known.status.getUuid().getValue().equals(uuid)) {
            known.resend.cancel();
            done.remove(key(framework, acknowledge.getOperationId()));
        }
    }

    void reconcile(String framework, Call.ReconcileOperations asked) {
        for (Call.ReconcileOperations.Operation each : asked.getOperationsList()) {
            Done known = done.get(key(framework, each.getOperationId()));
            if (known != null) {
                tell(framework, known.status.toBuilder().clearUuid().build());
            } else {
                OperationStatus.Builder unknown = status(each.getOperationId(), OperationState.OPERATION_UNKNOWN)
                        .setMessage(
                                each.hasAgentId()
                                        ? "Reconciliation: Operation is unknown"
                                        : "Reconciliation: Operation is unknown and no 'agent_id' was provided");
                if (each.hasAgentId()) {
                    unknown.setAgentId(
                            AgentID.newBuilder().setValue(each.getAgentId().getValue()));
                }
                tell(framework, unknown.build());
            }
        }
    }

    /** An operator reserves or gives back: offers that are in the way are taken back. */
    void operate(FakeAgent agent, Offer.Operation operation) throws FakeBody.RefusedException {
        cluster.rescindAll(agent);
        FakeResources free = agent.available();
        FakeResources after = applied(free, operation, "");
        agent.reshape(free, after);
    }

    void forget(String framework) {
        done.entrySet().removeIf(each -> {
            boolean theirs = each.getKey().startsWith(framework + "/");
            if (theirs && each.getValue().resend != null) {
                each.getValue().resend.cancel();
            }
            return theirs;
        });
    }
}
