package dev.slipway.platform.runtime.mesos.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.master.Protos.Event;
import org.apache.mesos.v1.master.Protos.Response;
import org.jspecify.annotations.Nullable;

/** What operators hear who subscribed at {@code /api/v1}. */
final class FakeOperatorStreams {
    private record Listener(FakeHttp.Stream stream, boolean json) {
        void hear(Event event) {
            stream.chunk(FakeFramework.record(
                    json ? ProtoJson.write(event).toString().getBytes(StandardCharsets.UTF_8) : event.toByteArray()));
        }
    }

    private final List<Listener> listeners = new ArrayList<>();

    void subscribe(FakeHttp.Request request) throws IOException, FakeBody.RefusedException {
        boolean json = FakeBody.json(request);
        FakeHttp.Stream stream = request.stream(json ? FakeBody.JSON : FakeBody.PROTOBUF, "");
        Listener listener = new Listener(stream, json);
        stream.whenGone(() -> listeners.remove(listener));
        listeners.add(listener);
        listener.hear(Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder().setGetState(Response.GetState.newBuilder()))
                .build());
        listener.hear(Event.newBuilder().setType(Event.Type.HEARTBEAT).build());
    }

    private void tell(Event.Builder event) {
        listeners.forEach(listener -> listener.hear(event.build()));
    }

    private static Response.GetFrameworks.Framework.Builder known(FakeFramework framework) {
        return Response.GetFrameworks.Framework.newBuilder()
                .setFrameworkInfo(framework.info)
                .setActive(framework.connected())
                .setConnected(framework.connected())
                .setRecovered(false);
    }

    void framework(FakeFramework framework, boolean fresh) {
        tell(
                fresh
                        ? Event.newBuilder()
                                .setType(Event.Type.FRAMEWORK_ADDED)
                                .setFrameworkAdded(
                                        Event.FrameworkAdded.newBuilder().setFramework(known(framework)))
                        : Event.newBuilder()
                                .setType(Event.Type.FRAMEWORK_UPDATED)
                                .setFrameworkUpdated(
                                        Event.FrameworkUpdated.newBuilder().setFramework(known(framework))));
    }

    void removed(FakeFramework framework) {
        tell(Event.newBuilder()
                .setType(Event.Type.FRAMEWORK_REMOVED)
                .setFrameworkRemoved(Event.FrameworkRemoved.newBuilder().setFrameworkInfo(framework.info)));
    }

    void added(FakeTask task) {
        if (!listeners.isEmpty()) {
            tell(Event.newBuilder()
                    .setType(Event.Type.TASK_ADDED)
                    .setTaskAdded(Event.TaskAdded.newBuilder().setTask(task.proto())));
        }
    }

    void updated(FakeTask task, @Nullable TaskStatus status) {
        if (!listeners.isEmpty() && status != null) {
            tell(Event.newBuilder()
                    .setType(Event.Type.TASK_UPDATED)
                    .setTaskUpdated(Event.TaskUpdated.newBuilder()
                            .setFrameworkId(org.apache.mesos.v1.Protos.FrameworkID.newBuilder()
                                    .setValue(task.frameworkId))
                            .setState(task.state)
                            .setStatus(status)));
        }
    }

    void removed(FakeAgent agent) {
        tell(Event.newBuilder()
                .setType(Event.Type.AGENT_REMOVED)
                .setAgentRemoved(Event.AgentRemoved.newBuilder().setAgentId(agent.proto())));
    }

    void added(FakeAgent agent) {
        tell(Event.newBuilder()
                .setType(Event.Type.AGENT_ADDED)
                .setAgentAdded(Event.AgentAdded.newBuilder()
                        .setAgent(Response.GetAgents.Agent.newBuilder()
                                .setAgentInfo(org.apache.mesos.v1.Protos.AgentInfo.newBuilder()
                                        .setHostname(agent.hostname)
                                        .setId(agent.proto()))
                                .setActive(true)
                                .setVersion("1.11.0"))));
    }
}
