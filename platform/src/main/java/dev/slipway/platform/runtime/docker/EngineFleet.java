package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.CommandLimits;
import dev.slipway.platform.runtime.CommandResult;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.LogSink;
import dev.slipway.platform.runtime.LogStream;
import dev.slipway.platform.runtime.Membership;
import dev.slipway.platform.runtime.NoSuchInstanceException;
import dev.slipway.platform.runtime.Node;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeEvent;
import dev.slipway.platform.runtime.RuntimeHealth;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Usage;
import dev.slipway.registry.oci.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Several engines as one site: each is a node. An engine that does not answer is a node that is not ready, and what was
 * last seen there is silent, not gone; see {@code docs/decisions/0182-docker-hosts-as-a-site.md}.
 */
final class EngineFleet implements Runtime {
    private final List<FleetHost> hosts;
    private final DockerRuntime local;
    private final Map<InstanceId, FleetHost> homes = new ConcurrentHashMap<>();

    /**
     * @param hosts one at least
     * @param local the engine beside this program, which is none of them
     */
    EngineFleet(List<FleetHost> hosts, DockerRuntime local) {
        this.hosts = List.copyOf(hosts);
        this.local = local;
    }

    @Override
    public void prefetch(ImageReference image, PullCredentials credentials) {
        hosts.forEach(host -> host.runtime().prefetch(image, credentials));
    }

    @Override
    public LaunchOutcome launch(LaunchSpec spec) {
        Optional<FleetHost> chosen = Optional.ofNullable(homes.get(spec.id()))
                .or(() -> spec.node()
                        .map(this::named)
                        .orElseGet(
                                () -> hosts.stream().filter(FleetHost::answers).findFirst()));
        if (chosen.isEmpty()) {
            return new LaunchOutcome.Unavailable(
                    "No host of the site answers, or " + spec.node().orElse("any") + " is none of them any more.");
        }
        homes.put(spec.id(), chosen.get());
        return chosen.get().runtime().launch(spec);
    }

    private Optional<FleetHost> named(String node) {
        return hosts.stream().filter(host -> host.name().equals(node)).findFirst();
    }

    @Override
    public void settle(InstanceId id) {
        home(id).ifPresent(host -> host.runtime().settle(id));
    }

    @Override
    public void stop(InstanceId id, Duration grace) {
        home(id).ifPresent(host -> host.runtime().stop(id, grace));
    }

    @Override
    public void remove(InstanceId id) {
        home(id).ifPresent(host -> host.runtime().remove(id));
        homes.remove(id);
    }

    /**
     * Where an instance is: where it was launched or last seen, else wherever it is found.
     *
     * @throws RuntimeUnavailableException when it was found nowhere and not every host could be asked
     */
    private Optional<FleetHost> home(InstanceId id) {
        FleetHost known = homes.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        observe();
        return Optional.ofNullable(homes.get(id));
    }

    private FleetHost require(String attempted, InstanceId id) {
        return home(id).orElseThrow(() -> new NoSuchInstanceException(attempted, id));
    }

    @Override
    public List<Observed> observe() {
        List<Observed> all = new ArrayList<>();
        RuntimeUnavailableException silent = null;
        int answered = 0;
        for (FleetHost host : hosts) {
            try {
                List<Observed> there = host.observe();
                there.forEach(observed -> homes.put(observed.id(), host));
                all.addAll(there);
                answered++;
            } catch (RuntimeUnavailableException e) {
                silent = e;
                Optional<List<Observed>> last = host.silent();
                if (last.isEmpty()) {
                    // Nobody knows what runs there: to leave it out would be to call it gone.
                    throw e;
                }
                all.addAll(last.get());
            }
        }
        if (answered == 0 && silent != null) {
            throw silent;
        }
        return List.copyOf(all);
    }

    @Override
    public Watch watch(Consumer<RuntimeEvent> listener) {
        List<Watch> open = new ArrayList<>();
        List<FleetHost> silent = new ArrayList<>();
        RuntimeUnavailableException last = null;
        for (FleetHost host : hosts) {
            try {
                open.add(host.runtime().watch(listener));
            } catch (RuntimeUnavailableException e) {
                silent.add(host);
                last = e;
            }
        }
        if (open.isEmpty() && last != null) {
            throw last;
        }
        return new FleetWatch(List.copyOf(open), List.copyOf(silent));
    }

    /** Ends, to be opened anew, when one of its watches does or a host is heard of again. */
    private record FleetWatch(List<Watch> open, List<FleetHost> silent) implements Watch {
        @Override
        public boolean ended() {
            return open.stream().anyMatch(Watch::ended) || silent.stream().anyMatch(FleetHost::answered);
        }

        @Override
        public void close() {
            open.forEach(Watch::close);
        }
    }

    @Override
    public LogStream logs(InstanceId id, boolean follow, int tail, LogSink sink) {
        return require("read the log of", id).runtime().logs(id, follow, tail, sink);
    }

    @Override
    public OneOff runOneOff(LaunchSpec spec, boolean tty) {
        FleetHost host = spec.node()
                .flatMap(this::named)
                .or(() -> hosts.stream().filter(FleetHost::answers).findFirst())
                .orElseThrow(() -> new RuntimeUnavailableException("run a command at", names(), "no host answers"));
        return host.runtime().runOneOff(spec, tty);
    }

    @Override
    public CommandResult exec(InstanceId id, List<String> command, CommandLimits limits) {
        return require("run a command in", id).runtime().exec(id, command, limits);
    }

    @Override
    public Usage usage(InstanceId id) {
        return require("measure", id).runtime().usage(id);
    }

    /** The machine of an engine is not this one. */
    @Override
    public boolean seesPorts() {
        return false;
    }

    @Override
    public List<Integer> openPorts(InstanceId id) {
        return List.of();
    }

    @Override
    public List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        RuntimeUnavailableException last = null;
        for (FleetHost host : hosts) {
            try {
                nodes.add(host.node());
            } catch (RuntimeUnavailableException e) {
                last = e;
                host.lastNode().ifPresent(nodes::add);
            }
        }
        if (last != null && nodes.stream().noneMatch(Node::ready)) {
            throw last;
        }
        return List.copyOf(nodes);
    }

    @Override
    public RuntimeHealth health() {
        List<RuntimeHealth> each = hosts.stream().map(FleetHost::health).toList();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            String name = hosts.get(i).name();
            if (each.get(i).available()) {
                each.get(i).warnings().forEach(warning -> warnings.add(name + ": " + warning));
            } else {
                warnings.add(name + " does not answer: " + each.get(i).version());
            }
        }
        Function<RuntimeHealth, String> said = RuntimeHealth::version;
        return each.stream()
                .filter(RuntimeHealth::available)
                .findFirst()
                .map(up -> new RuntimeHealth(true, said.apply(up) + " on " + names(), warnings))
                .orElseGet(() -> new RuntimeHealth(false, String.join("; ", warnings), List.of()));
    }

    private String names() {
        return String.join(", ", hosts.stream().map(FleetHost::name).toList());
    }

    @Override
    public Optional<Membership> membership() {
        return Optional.of(new FleetMembership(hosts, local));
    }

    @Override
    public void close() {
        hosts.forEach(FleetHost::close);
    }
}
