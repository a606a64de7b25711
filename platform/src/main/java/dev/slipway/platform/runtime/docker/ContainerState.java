package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import dev.slipway.platform.runtime.Endpoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says about one container now.
 *
 * @param containerId the engine's own id
 * @param phase what it is doing
 * @param endpoint where it can be reached while it runs
 * @param pid process id of its first process on the machine, 0 if it does not run
 * @param startedAt when it was started last
 * @param finishedAt when it ended last
 * @param exitCode how it ended
 * @param oomKilled whether it was killed for want of memory
 * @param image id of its image
 * @param cpuNanos billionths of a core that it may use now
 * @param cpuLimitNanos what it may use in the long run, by its label; 0 if that says nothing
 */
record ContainerState(
        String containerId,
        Phase phase,
        Endpoint endpoint,
        long pid,
        Instant startedAt,
        Instant finishedAt,
        int exitCode,
        boolean oomKilled,
        String image,
        long cpuNanos,
        long cpuLimitNanos) {

    enum Phase {
        CREATED,
        RUNNING,
        EXITED
    }

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Asks the engine about a container by name or id; empty if there is none. */
    static Optional<ContainerState> of(Engine engine, DockerSettings settings, String container) {
        try {
            return Optional.of(read(
                    engine.call(
                            "inspect",
                            container,
                            () -> engine.client().inspectContainerCmd(container).exec()),
                    settings,
                    engine.address().publishedHost()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static ContainerState read(InspectContainerResponse answer, DockerSettings settings, String host) {
        var state = answer.getState();
        boolean running = Boolean.TRUE.equals(state.getRunning());
        Phase phase = running ? Phase.RUNNING : "created".equals(state.getStatus()) ? Phase.CREATED : Phase.EXITED;
        Long pid = state.getPidLong();
        Long code = state.getExitCodeLong();
        return new ContainerState(
                answer.getId(),
                phase,
                endpoint(answer, settings, host),
                pid == null ? 0 : pid,
                instant(state.getStartedAt()),
                instant(state.getFinishedAt()),
                code == null ? -1 : code.intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()),
                Objects.requireNonNullElse(answer.getImageId(), ""),
                Objects.requireNonNullElse(answer.getHostConfig().getNanoCPUs(), 0L),
                cpuLimitNanos(answer));
    }

    /** Whether it may use more processor now than in the long run. */
    boolean boosted() {
        return cpuLimitNanos > 0 && cpuNanos > cpuLimitNanos;
    }

    private static long cpuLimitNanos(InspectContainerResponse answer) {
        Map<String, String> labels = answer.getConfig().getLabels();
        return labels == null ? 0 : Long.parseLong(labels.getOrDefault(Labels.CPU_MILLIS, "0")) * NANOS_PER_MILLI;
    }

    private static Endpoint endpoint(InspectContainerResponse answer, DockerSettings settings, String host) {
        Map<String, String> labels = answer.getConfig().getLabels();
        int port = labels == null ? 0 : port(labels);
        if (port > 0 && settings.reach() == DockerSettings.Reach.PUBLISHED_PORT) {
            var bindings = answer.getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(port));
            return new Endpoint(
                    host,
                    bindings == null || bindings.length == 0 ? 0 : Integer.parseInt(bindings[0].getHostPortSpec()));
        }
        return new Endpoint(address(answer.getNetworkSettings().getNetworks()), port);
    }

    /** The container's port by its label, 0 for none. */
    static int port(Map<String, String> labels) {
        return Integer.parseInt(labels.getOrDefault(Labels.PORT, "0"));
    }

    /** The address on the only network a container has; empty while it does not run. */
    static String address(@Nullable Map<String, ContainerNetwork> networks) {
        if (networks == null) {
            return "";
        }
        return networks.values().stream()
                .map(network -> Objects.requireNonNullElse(network.getIpAddress(), ""))
                .findFirst()
                .orElse("");
    }

    private static Instant instant(@Nullable String text) {
        return text == null || text.isEmpty()
                ? Instant.EPOCH
                : OffsetDateTime.parse(text).toInstant();
    }
}
