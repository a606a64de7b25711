package dev.slipway.platform.runtime;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A runtime in this process: an instance is a shell run directly on the machine, without any isolation. It knows one
 * registry of images by name, and can be switched off to behave as an engine that is away.
 */
public final class FakeRuntime implements Runtime {

    private final Map<InstanceId, FakeInstance> instances = new ConcurrentHashMap<>();
    private final List<Consumer<RuntimeEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> images;
    private final Clock clock = Clock.systemUTC();
    private final String node;
    private volatile boolean away;

    /** Knows these images, by their text form. */
    public FakeRuntime(Set<String> images) {
        this(images, "local");
    }

    /** As the other, as the one node of this name. */
    public FakeRuntime(Set<String> images, String node) {
        this.node = node;
        this.images = Set.copyOf(images);
    }

    /** Switches the runtime off and on; instances go on. */
    public void away(boolean away) {
        this.away = away;
    }

    /** Makes an instance look as if something in it listened on these ports. */
    public void listensOn(InstanceId id, List<Integer> ports) {
        require("set the ports of", id).listensOn(ports);
    }

    private void check(String attempted, InstanceId id) {
        if (away) {
            throw new RuntimeUnavailableException(attempted, id.text(), "switched off", new IOException("away"));
        }
    }

    void tell(RuntimeEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    @Override
    public LaunchOutcome launch(LaunchSpec spec) {
        if (away) {
            return new LaunchOutcome.Unavailable("switched off");
        }
        if (!images.contains(spec.image().toString())) {
            return new LaunchOutcome.Refused("There is no image " + spec.image() + ".");
        }
        Endpoint endpoint = new Endpoint("127.0.0.1", spec.port());
        boolean[] made = {false};
        FakeInstance instance;
        try {
            instance = instances.computeIfAbsent(spec.id(), id -> {
                made[0] = true;
                return FakeInstance.start(spec, clock, this::tell);
            });
        } catch (FakeInstance.NoSuchProgramException e) {
            return new LaunchOutcome.Refused(e.getMessage());
        }
        if (made[0]) {
            return new LaunchOutcome.Launched(endpoint);
        }
        return instance.running()
                ? new LaunchOutcome.AlreadyThere(endpoint)
                : new LaunchOutcome.Refused("The instance " + spec.id() + " has ended already, with exit code "
                        + instance.exitCode() + ".");
    }

    @Override
    public void settle(InstanceId id) {
        check("settle", id);
        FakeInstance instance = instances.get(id);
        if (instance != null) {
            instance.settle();
        }
    }

    @Override
    public void stop(InstanceId id, Duration grace) {
        check("stop", id);
        FakeInstance instance = instances.get(id);
        if (instance != null) {
            instance.stop(grace);
        }
    }

    @Override
    public void remove(InstanceId id) {
        check("remove", id);
        FakeInstance instance = instances.get(id);
        if (instance != null) {
            instance.kill();
            instances.remove(id);
            tell(new RuntimeEvent.Vanished(id, clock.instant()));
        }
    }

    @Override
    public List<Observed> observe() {
        if (away) {
            throw new RuntimeUnavailableException("observe", "all", "switched off", new IOException("away"));
        }
        List<Observed> observed = new ArrayList<>();
        instances.forEach((id, instance) -> observed.add(new Observed(id, instance.state())));
        return observed;
    }

    @Override
    public Watch watch(Consumer<RuntimeEvent> listener) {
        listeners.add(listener);
        return new Watch() {
            @Override
            public boolean ended() {
                return away || !listeners.contains(listener);
            }

            @Override
            public void close() {
                listeners.remove(listener);
            }
        };
    }

    @Override
    public LogStream logs(InstanceId id, boolean follow, int tail, LogSink sink) {
        return require("read the log of", id).log().read(follow, tail, sink);
    }

    @Override
    public OneOff runOneOff(LaunchSpec spec, boolean tty) {
        check("run", spec.id());
        try {
            return new FakeOneOff(FakeInstance.process(spec), spec.id());
        } catch (FakeInstance.NoSuchProgramException e) {
            throw new LaunchRefusedException(spec.id(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CommandResult exec(InstanceId id, List<String> command, CommandLimits limits) {
        FakeInstance instance = require("run a command in", id);
        if (!instance.running()) {
            throw new NoSuchInstanceException("run a command in", id);
        }
        return instance.exec(command, limits);
    }

    @Override
    public Usage usage(InstanceId id) {
        FakeInstance instance = require("measure", id);
        if (!instance.running()) {
            throw new NoSuchInstanceException("measure", id);
        }
        return new Usage(1_000_000, 1 << 20);
    }

    @Override
    public List<Integer> openPorts(InstanceId id) {
        check("look at the ports of", id);
        FakeInstance instance = instances.get(id);
        return instance == null || !instance.running() ? List.of() : instance.openPorts();
    }

    @Override
    public List<Node> nodes() {
        if (away) {
            throw new RuntimeUnavailableException("list", "the nodes", "switched off", new IOException("away"));
        }
        return List.of(new Node(node, 4_000, 8L << 30, true, Map.of(), true));
    }

    @Override
    public RuntimeHealth health() {
        return new RuntimeHealth(!away, away ? "switched off" : "fake", List.of());
    }

    private FakeInstance require(String attempted, InstanceId id) {
        check(attempted, id);
        FakeInstance instance = instances.get(id);
        if (instance == null) {
            throw new NoSuchInstanceException(attempted, id);
        }
        return instance;
    }

    @Override
    public void close() {
        instances.values().forEach(FakeInstance::kill);
    }
}
