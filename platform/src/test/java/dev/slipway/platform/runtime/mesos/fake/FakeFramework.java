package dev.slipway.platform.runtime.mesos.fake;

import dev.slipway.platform.loop.Timer;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.apache.mesos.v1.scheduler.Protos.OfferConstraints;
import org.jspecify.annotations.Nullable;

/** One framework as the master knows it. */
final class FakeFramework {
    /** What was declined is not offered again until then, unless there is more of it. */
    record Filter(Instant until, FakeResources declined) {}

    final String id;
    FrameworkInfo info;
    final Set<String> suppressed = new LinkedHashSet<>();
    final Map<String, Filter> filters = new HashMap<>();
    OfferConstraints constraints = OfferConstraints.getDefaultInstance();
    private FakeHttp.@Nullable Stream stream;
    private boolean json;
    String streamId = "";
    Timer.@Nullable Scheduled heartbeat;
    Timer.@Nullable Scheduled removal;

    FakeFramework(String id, FrameworkInfo info) {
        this.id = id;
        this.info = info;
    }

    FrameworkID proto() {
        return FrameworkID.newBuilder().setValue(id).build();
    }

    boolean connected() {
        return stream != null;
    }

    boolean can(Capability.Type capability) {
        return info.getCapabilitiesList().stream().anyMatch(each -> each.getType() == capability);
    }

    boolean partitionAware() {
        return can(Capability.Type.PARTITION_AWARE);
    }

    List<String> roles() {
        return can(Capability.Type.MULTI_ROLE) ? info.getRolesList() : List.of(info.hasRole() ? info.getRole() : "*");
    }

    void attach(FakeHttp.Stream to, String id, boolean asJson) {
        stream = to;
        streamId = id;
        json = asJson;
    }

    boolean attachedTo(FakeHttp.Stream other) {
        return stream == other;
    }

    void send(Event event) {
        FakeHttp.Stream to = stream;
        if (to != null) {
            to.chunk(record(event, json));
        }
    }

    void sendHalf(Event event) {
        FakeHttp.Stream to = stream;
        if (to != null) {
            to.half(record(event, json));
        }
    }

    /** Ends the stream in peace. */
    void end() {
        FakeHttp.Stream to = stream;
        detach();
        if (to != null) {
            to.end();
        }
    }

    void detach() {
        stream = null;
        if (heartbeat != null) {
            heartbeat.cancel();
        }
    }

    static byte[] record(Event event, boolean json) {
        byte[] body = json
                ? ProtoJson.write(event).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : event.toByteArray();
        return record(body);
    }

    /** One record of a stream: its length in decimal, a line feed, and its bytes. */
    static byte[] record(byte[] body) {
        byte[] head = (body.length + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }
}
