package dev.slipway.platform.runtime.mesos.fake;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.Address;
import org.apache.mesos.v1.Protos.DrainConfig;
import org.apache.mesos.v1.Protos.DrainInfo;
import org.apache.mesos.v1.Protos.DrainState;
import org.apache.mesos.v1.Protos.MachineID;
import org.apache.mesos.v1.Protos.MasterInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.maintenance.Protos.Schedule;
import org.apache.mesos.v1.maintenance.Protos.Window;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/** A Mesos master with its agents. Faults are switched on by its methods. */
public final class FakeMesosMaster extends FakeMasterView implements AutoCloseable {

    static final String NOBODY_LEADS = "No leader elected";

    private final FakeBehaviour behaviour;
    private final FakeCluster cluster;
    private final FakeHttp agentHttp;
    private final Map<Call.Type, Integer> counts = new EnumMap<>(Call.Type.class);
    private final List<Call> calls = new ArrayList<>();
    private FakeHttp http;
    private String id = UUID.randomUUID().toString();
    private FakeAllocator allocator;
    private FakeSchedulerApi scheduler;
    private final FakeOperatorApi operator;
    private final Map<String, List<String>> permitted = new ConcurrentHashMap<>();
    private int lastFramework;
    private volatile @Nullable String redirect;
    private volatile @Nullable String unavailable;
    private volatile boolean mute;
    private volatile String version = "1.11.0";
    private volatile boolean keepingCalls = true;
    private volatile int refusals;
    private boolean closed;

    public FakeMesosMaster(FakeBehaviour behaviour) {
        this.behaviour = behaviour;
        this.cluster = new FakeCluster(behaviour.timer(), behaviour.clock());
        this.operator = new FakeOperatorApi(this, cluster);
        try {
            this.agentHttp = new FakeHttp(0, null, new FakeAgentApi(cluster)::handle);
            this.http = new FakeHttp(
                    0, behaviour.tls().orElse(null), new FakeMasterDoor(this, operator, behaviour.accounts())::handle);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        this.allocator = new FakeAllocator(cluster, id, agentHttp::port);
        this.scheduler = new FakeSchedulerApi(this, cluster, behaviour.executions());
        cycle();
    }

    private void cycle() {
        behaviour.timer().after(behaviour.allocation(), () -> {
            synchronized (cluster) {
                if (!closed) {
                    allocate();
                    cycle();
                }
            }
        });
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return http.port();
    }

    @Nullable
    String redirect() {
        return redirect;
    }

    @Nullable
    String unavailable() {
        return unavailable;
    }

    /** Whether it refuses this call, as it was asked to. */
    boolean refuses() {
        return refusals > 0 && refusals-- > 0;
    }

    FakeSchedulerApi scheduler() {
        return scheduler;
    }

    int agentPort() {
        return agentHttp.port();
    }

    /** This principal may register in these roles only, and tear nothing down as an operator. */
    public void limit(String principal, List<String> roles) {
        permitted.put(principal, List.copyOf(roles));
    }

    boolean mayRegister(String principal, List<String> roles) {
        return !permitted.containsKey(principal) || permitted.get(principal).containsAll(roles);
    }

    String masterId() {
        return id;
    }

    @Override
    FakeCluster cluster() {
        return cluster;
    }

    FakeAllocator allocator() {
        return allocator;
    }

    Duration heartbeat() {
        return behaviour.heartbeat();
    }

    MasterInfo info() {
        return MasterInfo.newBuilder()
                .setId(id)
                .setIp(16777343)
                .setPort(port())
                .setPid("master@127.0.0.1:" + port())
                .setHostname("127.0.0.1")
                .setVersion(version)
                .setAddress(Address.newBuilder()
                        .setHostname("127.0.0.1")
                        .setIp("127.0.0.1")
                        .setPort(port()))
                .addCapabilities(MasterInfo.Capability.newBuilder().setType(MasterInfo.Capability.Type.AGENT_UPDATE))
                .addCapabilities(MasterInfo.Capability.newBuilder().setType(MasterInfo.Capability.Type.AGENT_DRAINING))
                .addCapabilities(MasterInfo.Capability.newBuilder())
                .build();
    }

    String nextFrameworkId() {
        return id + String.format("-%04d", lastFramework++);
    }

    /** Adds an agent with these resources: {@code cpus, mem, disk} and the ports from 31000 to 32000. */
    public FakeAgent agent(String hostname, double cpus, double mem, double disk, Map<String, String> attributes) {
        return agent(hostname, FakeResources.of(cpus, mem, disk, 31_000, 32_000), attributes);
    }

    FakeAgent agent(String hostname, FakeResources resources, Map<String, String> attributes) {
        synchronized (cluster) {
            FakeAgent agent = new FakeAgent(id + "-S" + cluster.agents.size(), hostname, resources, attributes);
            cluster.agents.put(agent.id, agent);
            cluster.operators.added(agent);
            return agent;
        }
    }

    void beat(FakeFramework framework) {
        if (!mute) {
            framework.send(Event.newBuilder().setType(Event.Type.HEARTBEAT).build());
        }
        framework.heartbeat = behaviour.timer().after(behaviour.heartbeat(), () -> {
            synchronized (cluster) {
                if (framework.connected()) {
                    beat(framework);
                }
            }
        });
    }

    void allocate() {
        allocator.allocate();
    }

    void disconnected(FakeFramework framework, FakeHttp.Stream stream) {
        synchronized (cluster) {
            if (!framework.attachedTo(stream)) {
                return;
            }
            framework.detach();
            cluster.dropOffers(framework);
            double seconds = framework.info.getFailoverTimeout();
            framework.removal = behaviour.timer().after(Duration.ofMillis((long) (seconds * 1000)), () -> {
                synchronized (cluster) {
                    if (!framework.connected() && cluster.frameworks.get(framework.id) == framework) {
                        cluster.remove(framework);
                    }
                }
            });
        }
    }

    void count(Call call) {
        counts.merge(call.getType(), 1, Integer::sum);
        if (keepingCalls) {
            calls.add(call);
        }
    }

    boolean silentAfterRestart() {
        return cluster.agents.values().stream().anyMatch(agent -> agent.standing == FakeAgent.Standing.RECOVERED);
    }

    /** Calls of one type that were taken, in order. */
    public List<Call> calls(Call.Type type) {
        synchronized (cluster) {
            return calls.stream().filter(call -> call.getType() == type).toList();
        }
    }

    /** How many calls of one type were taken. */
    public int count(Call.Type type) {
        synchronized (cluster) {
            return counts.getOrDefault(type, 0);
        }
    }

    /** Forgets calls as they come, for measurements. */
    public void forgetCalls() {
        keepingCalls = false;
    }

    /** An operator plans to take a machine away from a time on; no name takes every plan back. */
    public void maintain(String hostname, Instant from) {
        Schedule.Builder schedule = Schedule.newBuilder();
        if (!hostname.isEmpty()) {
            schedule.addWindows(Window.newBuilder()
                    .addMachineIds(MachineID.newBuilder().setHostname(hostname))
                    .setUnavailability(Unavailability.newBuilder().setStart(FakeCluster.time(from))));
        }
        synchronized (cluster) {
            operator.schedule(schedule.build());
        }
    }

    /** What version it says it is. */
    public void version(String other) {
        version = other;
    }

    String version() {
        return version;
    }

    /** Lets an executor tell something. */
    public void executor(String taskId, TaskState state, Consumer<TaskStatus.Builder> more) {
        synchronized (cluster) {
            cluster.tasks.values().stream()
                    .filter(task -> task.id().equals(taskId))
                    .findFirst()
                    .ifPresent(task -> cluster.fromExecutor(task, state, more));
        }
    }

    /** Lets a task write to a file of its sandbox. */
    public void print(String taskId, String file, byte[] bytes) {
        synchronized (cluster) {
            cluster.tasks.values().stream()
                    .filter(task -> task.id().equals(taskId))
                    .forEach(task -> task.sandbox.append(file, bytes, bytes.length));
        }
    }

    /** Sends an event to every framework, whether the master would or not. */
    public void say(Event event) {
        synchronized (cluster) {
            cluster.frameworks.values().forEach(framework -> framework.send(event));
        }
    }

    /** Cuts every stream in the middle of a record, and all connections. */
    public void cut() {
        synchronized (cluster) {
            cluster.frameworks
                    .values()
                    .forEach(framework -> framework.sendHalf(
                            Event.newBuilder().setType(Event.Type.HEARTBEAT).build()));
        }
        http.cutAll();
    }

    /** Goes on without a word: no heartbeat either. */
    public void mute(boolean silent) {
        mute = silent;
    }

    /** Every update reaches the framework twice. */
    public void duplicating(boolean twice) {
        synchronized (cluster) {
            cluster.duplicating = twice;
        }
    }

    /** Does not lead any more: redirects to another one, {@code host:port}; null leads again. */
    public void redirect(@Nullable String to) {
        redirect = to;
    }

    /** Answers 503 with this reason; null answers again. */
    public void unavailable(@Nullable String reason) {
        unavailable = reason;
    }

    /** Answers the next scheduler calls with 503. */
    public void refuse(int next) {
        refusals = next;
    }

    /** Dies and starts anew on the same port: it knows nothing but which agents there were. */
    public void restart() {
        synchronized (cluster) {
            for (FakeFramework framework : cluster.frameworks.values()) {
                framework.detach();
                cluster.dropOffers(framework);
            }
            cluster.frameworks.clear();
            cluster.removed.clear();
            cluster.agents.values().forEach(agent -> agent.standing = FakeAgent.Standing.RECOVERED);
            id = UUID.randomUUID().toString();
            allocator = new FakeAllocator(cluster, id, agentHttp::port);
        }
        http.cutAll();
    }

    /** Agents come back to a restarted or reached master. */
    public void agentsReturn() {
        synchronized (cluster) {
            cluster.agents.values().stream()
                    .filter(agent -> agent.standing != FakeAgent.Standing.REMOVED)
                    .forEach(cluster::returned);
        }
    }

    /** The agent's machine is lost or cut off; after its pings it counts as unreachable. */
    public void lose(FakeAgent agent) {
        synchronized (cluster) {
            cluster.disconnected(agent);
            cluster.unreachable(agent);
        }
    }

    /** The agent's socket closes; it may be back before its pings run out. */
    public void disconnect(FakeAgent agent) {
        synchronized (cluster) {
            cluster.disconnected(agent);
        }
    }

    /** An operator drains the agent. */
    public void drain(FakeAgent agent) {
        synchronized (cluster) {
            cluster.drain(
                    agent,
                    DrainInfo.newBuilder()
                            .setState(DrainState.DRAINING)
                            .setConfig(DrainConfig.getDefaultInstance())
                            .build(),
                    Duration.ofSeconds(1));
        }
    }

    /** Whether everything that ran there has ended, and was acknowledged. */
    public boolean drained(FakeAgent agent) {
        synchronized (cluster) {
            return agent.drain != null && agent.drain.getState() == DrainState.DRAINED;
        }
    }

    /** Takes calls of the present streams for calls of others. */
    public void forgetStreams() {
        synchronized (cluster) {
            cluster.frameworks.values().forEach(framework -> framework.streamId = "another");
        }
    }

    /** A lost agent comes back with its tasks. */
    public void returned(FakeAgent agent) {
        synchronized (cluster) {
            cluster.returned(agent);
        }
    }

    /** The agent unregisters: its tasks are lost for good. */
    public void unregister(FakeAgent agent) {
        synchronized (cluster) {
            cluster.removed(
                    agent,
                    TaskState.TASK_LOST,
                    TaskStatus.Reason.REASON_AGENT_REMOVED,
                    "Agent " + agent.hostname + " removed: the agent unregistered");
        }
    }

    /** Takes every outstanding offer back. */
    public void rescindAll() {
        synchronized (cluster) {
            List.copyOf(cluster.offers.values()).forEach(cluster::rescind);
        }
    }

    /** An operator tears the framework down. */
    public void teardown(String frameworkId) {
        synchronized (cluster) {
            Optional.ofNullable(cluster.frameworks.get(frameworkId)).ifPresent(cluster::remove);
        }
    }

    @Override
    public void close() {
        synchronized (cluster) {
            closed = true;
            cluster.tasks.values().forEach(task -> task.execution.destroy());
            cluster.frameworks.values().forEach(FakeFramework::detach);
        }
        http.close();
        agentHttp.close();
    }
}
