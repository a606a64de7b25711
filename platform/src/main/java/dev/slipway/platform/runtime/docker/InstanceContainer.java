package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.ResourceLimits;
import dev.slipway.platform.site.InstallationId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is asked of the engine for one instance or one-off: limits always, no privileges, no capabilities. */
final class InstanceContainer {

    /** How a container is attended. */
    enum Attendance {
        /** Runs on its own. */
        UNATTENDED,
        /** Has its streams attached. */
        ATTACHED,
        /** Has its streams attached to a terminal. */
        TERMINAL
    }

    private static final int SHARES_PER_CORE = 1024;
    private static final int FEWEST_SHARES = 2;
    private static final int MOST_SHARES = 262_144;

    private final Engine engine;
    private final DockerSettings settings;
    private final InstallationId installation;

    InstanceContainer(Engine engine, DockerSettings settings, InstallationId installation) {
        this.engine = engine;
        this.settings = settings;
        this.installation = installation;
    }

    /** See {@code docs/decisions/0045-more-processor-while-starting.md} for what it may use while it starts. */
    CreateContainerCmd request(LaunchSpec spec, String network, Attendance attendance) {
        CreateContainerCmd request = engine.client()
                .createContainerCmd(spec.image().toString())
                .withName(spec.id().text())
                .withLabels(labels(spec, attendance))
                .withEnv(environment(spec.environment()))
                .withHostConfig(host(spec, network, attendance));
        spec.command().ifPresent(request::withCmd);
        if (spec.port() > 0 && settings.reach() == DockerSettings.Reach.PUBLISHED_PORT) {
            request.withExposedPorts(ExposedPort.tcp(spec.port()));
        }
        if (attendance != Attendance.UNATTENDED) {
            request.withAttachStdin(true)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withStdinOpen(true)
                    .withStdInOnce(true)
                    .withTty(attendance == Attendance.TERMINAL);
        }
        return request;
    }

    private Map<String, String> labels(LaunchSpec spec, Attendance attendance) {
        Labels.Kind kind = attendance == Attendance.UNATTENDED ? Labels.Kind.INSTANCE : Labels.Kind.ONE_OFF;
        Map<String, String> labels = new TreeMap<>(spec.labels());
        labels.putAll(Labels.of(installation, kind));
        labels.put(Labels.TENANT, spec.tenant().value());
        labels.put(Labels.APP, spec.app().value());
        labels.put(Labels.PROCESS, spec.process());
        labels.put(Labels.INDEX, String.valueOf(spec.index()));
        labels.put(Labels.INSTANCE, spec.id().value().toString());
        labels.put(Labels.RELEASE, spec.release());
        labels.put(Labels.PORT, String.valueOf(spec.port()));
        labels.put(Labels.CPU_MILLIS, String.valueOf(spec.limits().cpuMillis()));
        if (kind == Labels.Kind.ONE_OFF) {
            labels.put(Labels.OWNER, Leftovers.self());
        }
        return labels;
    }

    private HostConfig host(LaunchSpec spec, String network, Attendance attendance) {
        ResourceLimits limits = spec.limits();
        long cpuMillis = attendance == Attendance.UNATTENDED
                ? Math.max(limits.cpuMillis(), settings.boostCpuMillis())
                : limits.cpuMillis();
        HostConfig host = confined(cpuMillis, limits.memoryBytes(), limits.pids(), network)
                .withCpuShares(shares(limits.cpuMillis()))
                .withInit(settings.init())
                .withLogConfig(new LogConfig(
                        LogConfig.LoggingType.LOCAL,
                        Map.of(
                                "max-size",
                                Math.max(4_096, limits.logBytes() / 2) + "b",
                                "max-file",
                                "2",
                                "compress",
                                "false")));
        settings.capabilities()
                .ifPresent(kept ->
                        host.withCapAdd(kept.stream().map(Capability::valueOf).toArray(Capability[]::new)));
        if (settings.readOnlyRoot()) {
            host.withReadonlyRootfs(true)
                    .withTmpFs(Map.of("/tmp", "rw,nosuid,nodev,size=" + settings.temporaryBytes()));
        }
        if (spec.port() > 0 && settings.reach() == DockerSettings.Reach.PUBLISHED_PORT) {
            host.withPortBindings(new PortBinding(
                    Ports.Binding.bindIp(engine.address().publishedOn()), ExposedPort.tcp(spec.port())));
        }
        return host;
    }

    /** The weight of an instance when the machine is busy: by its limit, also while it may use more than that. */
    private static int shares(long cpuMillis) {
        return (int) Math.clamp(cpuMillis * SHARES_PER_CORE / 1000, FEWEST_SHARES, MOST_SHARES);
    }

    /** The confinement that instances and sandboxes share. */
    static HostConfig confined(long cpuMillis, long memoryBytes, int pids, String network) {
        return HostConfig.newHostConfig()
                .withNetworkMode(network)
                .withRestartPolicy(RestartPolicy.noRestart())
                .withPrivileged(false)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withNanoCPUs(cpuMillis * 1_000_000)
                .withMemory(memoryBytes)
                .withMemorySwap(memoryBytes)
                .withPidsLimit((long) pids);
    }

    /** Variables as the engine wants them, in a stable order. */
    static List<String> environment(Map<String, String> variables) {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList();
    }
}
