package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Info;
import dev.slipway.platform.runtime.CommandLimits;
import dev.slipway.platform.runtime.CommandResult;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchRefusedException;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.LogSink;
import dev.slipway.platform.runtime.LogStream;
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
import dev.slipway.platform.runtime.docker.ContainerState.Phase;
import dev.slipway.platform.runtime.docker.InstanceContainer.Attendance;
import dev.slipway.platform.site.InstallationId;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.tenancy.identity.TenantName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Runs instances as containers of one Docker Engine; see {@code docs/decisions/0040-reaching-instances.md}. */
final class DockerRuntime implements Runtime {

    private static final Logger LOG = Logger.getLogger(DockerRuntime.class);

    private final Engine engine;
    private final DockerSettings settings;
    private final Networks networks;
    private final Firewall firewall;
    private final Images images;
    private final Launcher launcher;
    private final ContainerLogs logs;
    private final Observation observation;
    private final InstallationId installation;
    private final String name;
    private final ReentrantLock[] turns =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    /**
     * @param name of the node that the engine is
     */
    DockerRuntime(DockerConnection connection, String name) {
        this.name = name;
        this.engine = connection.engine();
        this.settings = connection.settings();
        this.installation = connection.installation();
        this.networks = connection.networks();
        this.firewall = connection.firewall();
        this.images = new Images(engine, settings);
        this.launcher = new Launcher(engine, networks, images, new InstanceContainer(engine, settings, installation));
        this.logs = new ContainerLogs(engine);
        this.observation = new Observation(engine, settings, installation, logs);
    }

    @Override
    public void prefetch(ImageReference image, PullCredentials credentials) {
        engine.work().execute(() -> {
            try {
                images.pull(image, credentials);
            } catch (EngineRefusedException | RuntimeUnavailableException e) {
                LOG.debugf(e, "image not fetched ahead of its launch image=%s", image);
            }
        });
    }

    @Override
    public LaunchOutcome launch(LaunchSpec spec) {
        // The engine reserves a name before it shows the container: two launches of one id go one after the other.
        ReentrantLock turn = turns[Math.floorMod(spec.id().hashCode(), turns.length)];
        turn.lock();
        try {
            try {
                return launchOnce(spec);
            } catch (Launcher.NetworkGoneException e) {
                return launchOnce(spec);
            }
        } catch (EngineRefusedException e) {
            return new LaunchOutcome.Refused(Objects.requireNonNullElse(e.getMessage(), "The engine refused."));
        } catch (Launcher.NetworkGoneException | NotFoundException e) {
            return new LaunchOutcome.Unavailable(
                    "The instance or its network was made or removed by somebody else while it was launched.");
        } catch (RuntimeUnavailableException e) {
            return new LaunchOutcome.Unavailable(Objects.requireNonNullElse(e.getMessage(), "no answer"));
        } finally {
            turn.unlock();
        }
    }

    private LaunchOutcome launchOnce(LaunchSpec spec) {
        String name = spec.id().text();
        boolean created = launcher.create(spec, Attendance.UNATTENDED);
        if (!created) {
            ContainerState before =
                    ContainerState.of(engine, settings, name).orElseThrow(Launcher.NetworkGoneException::new);
            if (before.phase() == Phase.RUNNING) {
                return new LaunchOutcome.AlreadyThere(before.endpoint());
            }
            if (before.phase() == Phase.EXITED) {
                return new LaunchOutcome.Refused(
                        "The instance " + name + " has ended already, with exit code " + before.exitCode() + ".");
            }
        }
        launcher.start(spec);
        ContainerState now = ContainerState.of(engine, settings, name).orElseThrow(Launcher.NetworkGoneException::new);
        return new LaunchOutcome.Launched(now.endpoint());
    }

    @Override
    public void settle(InstanceId id) {
        Optional<ContainerState> boosted = find(id).filter(state -> state.phase() == Phase.RUNNING && state.boosted());
        if (boosted.isPresent()) {
            limitCpu(id, boosted.get().cpuLimitNanos());
        }
    }

    private void limitCpu(InstanceId id, long nanos) {
        try {
            engine.call(
                    "limit the processor of",
                    id.text(),
                    () -> engine.client()
                            .updateContainerCmd(id.text())
                            .withNanoCPUs(nanos)
                            .exec());
        } catch (NotFoundException | ConflictException | EngineFaultException e) {
            if (find(id).filter(state -> state.phase() == Phase.RUNNING).isPresent()) {
                throw new RuntimeUnavailableException("limit the processor of", id.text(), Engine.reason(e), e);
            }
        }
    }

    @Override
    public void stop(InstanceId id, Duration grace) {
        int seconds =
                (int) Math.min(Integer.MAX_VALUE / 2, grace.plusMillis(999).toSeconds());
        Duration limit = settings.responseTimeout().plusSeconds(seconds);
        try {
            engine.call(
                    "stop",
                    id.text(),
                    limit,
                    () -> engine.client()
                            .stopContainerCmd(id.text())
                            .withTimeout(seconds)
                            .exec());
        } catch (NotModifiedException | NotFoundException e) {
            return;
        }
    }

    @Override
    public void remove(InstanceId id) {
        Leftovers.force(engine, id.text());
    }

    @Override
    public List<Observed> observe() {
        return observation.observe();
    }

    @Override
    public Watch watch(Consumer<RuntimeEvent> listener) {
        return EventWatch.open(engine, settings, installation, logs, listener);
    }

    @Override
    public LogStream logs(InstanceId id, boolean follow, int tail, LogSink sink) {
        require("read the log of", id, false);
        return logs.read(id.text(), follow, tail, sink);
    }

    @Override
    public OneOff runOneOff(LaunchSpec spec, boolean tty) {
        try {
            return AttachedOneOff.start(engine, launcher, spec, tty);
        } catch (EngineRefusedException e) {
            throw new LaunchRefusedException(
                    spec.id(), Objects.requireNonNullElse(e.getMessage(), "The engine refused."));
        }
    }

    @Override
    public CommandResult exec(InstanceId id, List<String> command, CommandLimits limits) {
        try {
            return InstanceCommand.run(engine, require("run a command in", id, true), command, limits);
        } catch (NotFoundException | ConflictException e) {
            throw new NoSuchInstanceException("run a command in", id);
        }
    }

    @Override
    public Usage usage(InstanceId id) {
        ContainerState state = require("measure", id, true);
        Usage usage = ProcessFiles.of(state.containerId(), state.pid()).usage();
        return usage != null ? usage : OneShotStatistics.read(engine, state.containerId());
    }

    @Override
    public List<Integer> openPorts(InstanceId id) {
        return find(id).filter(state -> state.phase() == Phase.RUNNING)
                .map(state -> ProcessFiles.of(state.containerId(), state.pid()).listening())
                .orElse(List.of());
    }

    @Override
    public List<Node> nodes() {
        Info info = engine.call(
                "ask the size of",
                engine.address().toString(),
                () -> engine.client().infoCmd().exec());
        long cpuMillis = 1000L * Objects.requireNonNullElse(info.getNCPU(), 0);
        long memoryBytes = Objects.requireNonNullElse(info.getMemTotal(), 0L);
        return List.of(new Node(name, cpuMillis, memoryBytes, true, Map.of(), true));
    }

    /**
     * By which the engine is known under whatever address. Its own id will not do alone: older engines keep it in /etc, where
     * copies of a machine have the same.
     */
    String engineId() {
        Info info = engine.call(
                "ask who is",
                engine.address().toString(),
                () -> engine.client().infoCmd().exec());
        return String.join(
                " ",
                String.valueOf(info.getId()),
                String.valueOf(info.getName()),
                String.valueOf(info.getDockerRootDir()));
    }

    @Override
    public RuntimeHealth health() {
        try {
            var version = engine.call(
                    "ask the version of",
                    engine.address().toString(),
                    () -> engine.client().versionCmd().exec());
            return new RuntimeHealth(
                    true,
                    "Docker Engine " + version.getVersion(),
                    firewall.warning().stream().toList());
        } catch (RuntimeUnavailableException e) {
            return new RuntimeHealth(false, Objects.requireNonNullElse(e.getMessage(), "no answer"), List.of());
        }
    }

    /** Removes the network of a tenant that is gone. */
    public void forgetTenant(TenantName tenant) {
        try {
            networks.remove(tenant);
        } catch (ConflictException | EngineFaultException e) {
            throw new RuntimeUnavailableException("remove the network of tenant", tenant.value(), Engine.reason(e), e);
        }
    }

    private Optional<ContainerState> find(InstanceId id) {
        return ContainerState.of(engine, settings, id.text());
    }

    private ContainerState require(String attempted, InstanceId id, boolean running) {
        return find(id).filter(state -> !running || state.phase() == Phase.RUNNING)
                .orElseThrow(() -> new NoSuchInstanceException(attempted, id));
    }
}
