package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The containers in which the engine runs the instructions of one Dockerfile. The engine does not name them for anybody;
 * they are those on the network of builds that stand under the build's own control group.
 */
final class BuildContainers {

    private final Engine engine;
    private final String network;
    private final BuildGroup group;
    private final int pids;
    private final Map<String, Long> written = new HashMap<>();
    private final Set<String> limited = new HashSet<>();

    BuildContainers(Engine engine, String network, BuildGroup group, int pids) {
        this.engine = engine;
        this.network = network;
        this.group = group;
        this.pids = pids;
    }

    /** Bytes that the instructions have written so far, those that have ended included. */
    long bytes() {
        for (Container container : list()) {
            look(container.getId());
        }
        return written.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Limits the processes of what has come up since, where that is not done for all of them. */
    void confine() {
        if (!group.limited()) {
            bytes();
        }
    }

    private List<Container> list() {
        return engine.call(
                "list containers of",
                network,
                () -> engine.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withNetworkFilter(List.of(network))
                        .exec());
    }

    private void look(String id) {
        try {
            InspectContainerResponse answer = engine.call(
                    "measure",
                    id,
                    () -> engine.client().inspectContainerCmd(id).withSize(true).exec());
            if (!group.name().equals(answer.getHostConfig().getCgroupParent())) {
                return;
            }
            written.merge(id, Objects.requireNonNullElse(answer.getSizeRw(), 0L), Math::max);
            if (!group.limited() && limited.add(id)) {
                engine.call(
                        "limit",
                        id,
                        () -> engine.client()
                                .updateContainerCmd(id)
                                .withPidsLimit((long) pids)
                                .exec());
            }
        } catch (NotFoundException endedMeanwhile) {
            limited.remove(id);
        } catch (DockerException notRunningAnyMore) {
            limited.add(id);
        }
    }
}
