package dev.slipway.platform.runtime.mesos.fake;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.DrainInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.Protos.Value;
import org.jspecify.annotations.Nullable;

/** One agent: what it has, what runs on it, and what the master thinks of it. */
public final class FakeAgent {
    /** What the master thinks of it. */
    enum Standing {
        REGISTERED,
        DISCONNECTED,
        UNREACHABLE,
        RECOVERED,
        REMOVED
    }

    /** An amount offered to a role of a framework. */
    record Offered(String id, FakeFramework framework, String role, FakeAgent agent, FakeResources resources) {}

    final String id;
    final String hostname;
    FakeResources total;
    final Map<String, String> attributes = new LinkedHashMap<>();
    /** By framework id and task id. */
    final Map<String, FakeTask> tasks = new LinkedHashMap<>();

    final Map<String, Offered> offers = new HashMap<>();
    final Set<FakeExecutor> executors = new LinkedHashSet<>();
    /** Inverse offers that wait for an answer, by framework id. */
    final Map<String, String> inverse = new HashMap<>();

    Standing standing = Standing.REGISTERED;
    boolean deactivated;
    DrainInfo drain;
    Unavailability unavailability;
    private @Nullable FakeResources unused;

    FakeAgent(String id, String hostname, FakeResources total, Map<String, String> attributes) {
        this.id = id;
        this.hostname = hostname;
        this.total = total;
        this.attributes.putAll(attributes);
    }

    /** Its id. */
    public String id() {
        return id;
    }

    boolean registered() {
        return standing == Standing.REGISTERED || standing == Standing.DISCONNECTED;
    }

    boolean offerable() {
        return standing == Standing.REGISTERED && !deactivated;
    }

    /** What it has, with a part of it made into something else. */
    void reshape(FakeResources part, FakeResources into) {
        total = total.minus(part).plus(into);
        unused = null;
    }

    /** Something ended. */
    void changed() {
        unused = null;
    }

    /** Something began. */
    void took(FakeResources more) {
        unused = unused == null ? null : unused.minus(more);
    }

    FakeResources available() {
        FakeResources left = unused;
        if (left == null) {
            FakeResources sum = FakeResources.NONE;
            for (FakeTask task : tasks.values()) {
                if (!task.terminal()) {
                    sum = sum.plus(task.resources);
                }
            }
            for (FakeExecutor executor : executors) {
                sum = sum.plus(executor.resources);
            }
            left = total.minus(sum);
            unused = left;
        }
        for (Offered offered : offers.values()) {
            left = left.minus(offered.resources());
        }
        return left;
    }

    AgentID proto() {
        return AgentID.newBuilder().setValue(id).build();
    }

    Offer.Builder offer(Offered offered, String role, int port) {
        Offer.Builder offer = Offer.newBuilder()
                .setId(org.apache.mesos.v1.Protos.OfferID.newBuilder().setValue(offered.id()))
                .setFrameworkId(offered.framework().proto())
                .setAgentId(proto())
                .setHostname(hostname)
                .setUrl(url(port))
                .addAllResources(offered.resources().toProto(role));
        if (!role.isEmpty()) {
            offer.setAllocationInfo(org.apache.mesos.v1.Protos.Resource.AllocationInfo.newBuilder()
                    .setRole(role));
        }
        attributes.forEach((name, value) -> offer.addAttributes(attribute(name, value)));
        if (unavailability != null) {
            offer.setUnavailability(unavailability);
        }
        return offer;
    }

    org.apache.mesos.v1.Protos.URL url(int port) {
        return org.apache.mesos.v1.Protos.URL
                .newBuilder()
                .setScheme("http")
                .setAddress(org.apache.mesos.v1.Protos.Address.newBuilder()
                        .setHostname("127.0.0.1")
                        .setIp("127.0.0.1")
                        .setPort(port))
                .setPath("/slave(1)")
                .build();
    }

    static Attribute attribute(String name, String value) {
        return Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.TEXT)
                .setText(Value.Text.newBuilder().setValue(value))
                .build();
    }
}
