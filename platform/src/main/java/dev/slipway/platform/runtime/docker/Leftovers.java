package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.slipway.platform.site.InstallationId;
import java.util.List;
import java.util.Optional;

/**
 * Removes containers that live and die with a process of Slipway (sandboxes, one-offs) once that process is gone.
 * Instances are never touched here.
 */
final class Leftovers {

    private final Engine engine;
    private final InstallationId installation;

    Leftovers(Engine engine, InstallationId installation) {
        this.engine = engine;
        this.installation = installation;
    }

    /** The text by which this process marks what is its own: process id and start time. */
    static String self() {
        return name(ProcessHandle.current());
    }

    /** Removes what processes left that do not run any more, and returns the ids of the containers. */
    List<String> remove() {
        return List.of(Labels.Kind.SANDBOX, Labels.Kind.ONE_OFF).stream()
                .flatMap(kind -> list(kind).stream())
                .filter(container -> !alive(container.getLabels().getOrDefault(Labels.OWNER, "")))
                .map(Container::getId)
                .peek(this::remove)
                .toList();
    }

    private List<Container> list(Labels.Kind kind) {
        return engine.call(
                "list containers of",
                installation.toString(),
                () -> engine.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Labels.filter(installation, kind))
                        .exec());
    }

    private void remove(String container) {
        force(engine, container);
    }

    /** Kills and removes a container with its volumes; does nothing if it is gone or going. */
    static void force(Engine engine, String container) {
        try {
            engine.call(
                    "remove",
                    container,
                    () -> engine.client()
                            .removeContainerCmd(container)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        } catch (NotFoundException e) {
            return;
        } catch (ConflictException e) {
            if (!Engine.reason(e).contains("already in progress")) {
                throw e;
            }
        }
    }

    static boolean alive(String owner) {
        int at = owner.indexOf('@');
        if (at < 1) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(owner.substring(0, at)));
        return process.isPresent() && name(process.get()).equals(owner);
    }

    private static String name(ProcessHandle process) {
        long start = process.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
        return process.pid() + "@" + start;
    }
}
