package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.model.Container;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.site.InstallationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lists the instances of one installation. The list costs one request; details that never change again (since when a
 * container runs, how it ended: containers are never restarted) are asked once for each container and kept.
 */
final class Observation {

    private final Engine engine;
    private final DockerSettings settings;
    private final InstallationId installation;
    private final ContainerLogs logs;
    private final Map<String, Observed.State> details = new ConcurrentHashMap<>();

    Observation(Engine engine, DockerSettings settings, InstallationId installation, ContainerLogs logs) {
        this.engine = engine;
        this.settings = settings;
        this.installation = installation;
        this.logs = logs;
    }

    List<Observed> observe() {
        List<Container> listed = engine.call(
                "list instances of",
                installation.toString(),
                () -> engine.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Labels.filter(installation, Labels.Kind.INSTANCE))
                        .exec());
        List<Observed> observed = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (Container container : listed) {
            String key = container.getId() + " " + container.getState();
            present.add(key);
            Optional<InstanceId> id = InstanceId.find(container.getNames()[0].substring(1));
            if (id.isPresent()) {
                state(key, container).ifPresent(state -> observed.add(new Observed(id.get(), state)));
            }
        }
        details.keySet().retainAll(present);
        return List.copyOf(observed);
    }

    private Optional<Observed.State> state(String key, Container container) {
        if ("removing".equals(container.getState())) {
            return Optional.empty();
        }
        Observed.State known = details.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Observed.State> state =
                ContainerState.of(engine, settings, container.getId()).map(this::describe);
        state.filter(Observation::lasts).ifPresent(found -> details.put(key, found));
        return state;
    }

    private static boolean lasts(Observed.State state) {
        return switch (state) {
            case Observed.State.Created created -> false;
            case Observed.State.Silent silent -> false;
            case Observed.State.Running running -> !running.boosted();
            case Observed.State.Exited exited -> true;
        };
    }

    private Observed.State describe(ContainerState state) {
        return switch (state.phase()) {
            case CREATED -> new Observed.State.Created();
            case RUNNING -> new Observed.State.Running(state.endpoint(), state.startedAt(), state.boosted());
            case EXITED ->
                new Observed.State.Exited(
                        state.exitCode(), state.oomKilled(), state.finishedAt(), logs.last(state.containerId()));
        };
    }
}
