package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.loop.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;

/** Masters and agents as they were then, and what became of them. */
final class ReplayCluster implements AutoCloseable {
    private static final Pattern LEADER = Pattern.compile("the (?:new )?leader is the master on port (\\d+)");
    /** Ports from here on were several masters with a ZooKeeper. */
    private static final int SEVERAL = 5070;

    private final FakeMesosMaster master;
    private final Map<Integer, FakeMesosMaster> followers = new HashMap<>();
    private final FakeAgent[] agents;
    private final List<JsonNode> lines;
    private int leader;

    ReplayCluster(ManualTime time, Map<String, String> accounts, List<JsonNode> lines) throws Exception {
        this.lines = lines;
        this.master = new FakeMesosMaster(FakeBehaviour.standard(time, time, Execution.SILENT)
                .allocating(Duration.ofDays(1))
                .with(accounts));
        this.agents = new FakeAgent[] {
            master.agent("127.0.0.1", FakeResources.of(4, 8192, 10_000, 31_000, 32_000), attributes("dc1", "r1")),
            master.agent("127.0.0.2", FakeResources.of(4, 8192, 10_000, 32_001, 33_000), attributes("dc2", "r2"))
        };
        prepareAgents();
        for (JsonNode line : lines) {
            int port = port(line);
            if (port >= SEVERAL && !followers.containsKey(port)) {
                FakeMesosMaster follower = new FakeMesosMaster(FakeBehaviour.standard(time, time, Execution.SILENT));
                follower.unavailable("Master has not finished recovery");
                followers.put(port, follower);
            }
        }
    }

    private static Map<String, String> attributes(String dc, String rack) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("dc", dc);
        attributes.put("rack", rack);
        return attributes;
    }

    /** What was reserved before the recording began; one agent only if only one ever offered. */
    private void prepareAgents() throws Exception {
        List<JsonNode> first = new ArrayList<>();
        Set<String> looked = new HashSet<>();
        for (JsonNode line : lines) {
            for (JsonNode offer : line.path("event").path("offers").path("offers")) {
                if (looked.add(offer.path("hostname").asText())) {
                    first.add(offer);
                }
            }
        }
        if (first.size() == 1) {
            Map<String, String> attributes = new LinkedHashMap<>();
            first.getFirst()
                    .path("attributes")
                    .forEach(each -> attributes.put(each.path("name").asText(), ReplayIds.value(each.path("text"))));
            synchronized (master.cluster()) {
                master.cluster().agents.clear();
            }
            agents[0] = master.agent(
                    first.getFirst().path("hostname").asText(),
                    FakeResources.of(resources(first.getFirst())),
                    attributes);
            return;
        }
        for (JsonNode offer : first) {
            FakeAgent agent = agents[index(offer.path("hostname").asText())];
            FakeResources.of(resources(offer))
                    .reserved()
                    .scalars()
                    .forEach((kind, amount) -> agent.reshape(
                            FakeResources.of(kind.unreserved().space(), amount), FakeResources.of(kind, amount)));
        }
    }

    private static List<Resource> resources(JsonNode offer) throws ProtoJson.BadBodyException {
        return ProtoJson.read(offer, Offer.newBuilder()).getResourcesList();
    }

    private static int index(String hostname) {
        return hostname.equals("127.0.0.1") ? 0 : 1;
    }

    static int port(JsonNode line) {
        String peer = line.path("peer").asText();
        return peer.contains(":") ? Integer.parseInt(peer.substring(peer.indexOf(':') + 1)) : 0;
    }

    FakeMesosMaster master() {
        return master;
    }

    /** Where the master listens now that listened there then. */
    int port(int then) {
        return then == leader
                ? master.port()
                : followers.getOrDefault(then, master).port();
    }

    void allocate() {
        synchronized (master.cluster()) {
            master.allocate();
        }
    }

    /** A real one goes through the agents in random order: the next offer that is cut to a limit tells in which. */
    void order(int from) {
        for (JsonNode line : lines) {
            if (line.path("n").asInt() >= from && line.path("event").has("offers")) {
                for (JsonNode offer : line.path("event").path("offers").path("offers")) {
                    if (offer.path("allocation_info").path("role").asText().equals("slipway")) {
                        master.allocator().first(offer.path("hostname").asText());
                    }
                }
                return;
            }
        }
    }

    /** An agent that offers is there, or there again. */
    void back(String hostname) {
        synchronized (master.cluster()) {
            FakeAgent known = agents[index(hostname)];
            if (known.standing == FakeAgent.Standing.RECOVERED) {
                master.cluster().returned(known);
            } else if (known.standing == FakeAgent.Standing.REMOVED) {
                agents[index(hostname)] = master.agent(known.hostname, known.total, known.attributes);
            }
        }
    }

    /** The second agent goes and comes as the master told then. */
    void told(String message) {
        synchronized (master.cluster()) {
            if (message.equals("health check timed out") && agents[1].standing != FakeAgent.Standing.UNREACHABLE) {
                master.cluster().unreachable(agents[1]);
            }
            if (message.startsWith("Unreachable agent re-") && agents[1].standing == FakeAgent.Standing.UNREACHABLE) {
                master.cluster().returned(agents[1]);
            }
        }
    }

    /** What was done then to masters and agents. */
    void note(String text, double now) {
        Matcher elected = LEADER.matcher(text);
        if (elected.matches()) {
            leads(Integer.parseInt(elected.group(1)));
        } else if (text.startsWith("a new leader after")) {
            leads(subscribedNext(now));
        } else if (text.startsWith("ZooKeeper itself is stopped")) {
            followers.values().forEach(follower -> {
                follower.redirect(null);
                follower.unavailable(FakeMesosMaster.NOBODY_LEADS);
            });
            leader = 0;
        } else if (text.equals("the master process is stopped with SIGKILL") || text.equals("stopped with SIGTERM")) {
            master.restart();
        } else if (text.startsWith("agent 2 unregisters (SIGUSR1)")) {
            master.unregister(agents[1]);
        } else if (text.contains("Agent 2 is stopped with SIGKILL")) {
            synchronized (master.cluster()) {
                master.cluster().disconnected(agents[1]);
            }
        }
    }

    private void leads(int port) {
        if (leader > 0) {
            master.restart();
        }
        leader = port;
        followers.values().forEach(follower -> {
            follower.unavailable(null);
            follower.redirect("127.0.0.1:" + master.port());
        });
    }

    private int subscribedNext(double now) {
        return lines.stream()
                .filter(line -> line.path("t").asDouble() >= now
                        && line.path("kind").asText().equals("subscribe"))
                .mapToInt(ReplayCluster::port)
                .findFirst()
                .orElseThrow();
    }

    long connected() {
        synchronized (master.cluster()) {
            return master.cluster().frameworks.values().stream()
                    .filter(FakeFramework::connected)
                    .count();
        }
    }

    @Override
    public void close() {
        master.close();
        followers.values().forEach(FakeMesosMaster::close);
    }
}
