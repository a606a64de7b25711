package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.docker.InstanceContainer.Attendance;

/** Creates and starts containers so that doing it twice gives one. */
final class Launcher {

    private final Engine engine;
    private final Networks networks;
    private final Images images;
    private final InstanceContainer container;

    Launcher(Engine engine, Networks networks, Images images, InstanceContainer container) {
        this.engine = engine;
        this.networks = networks;
        this.images = images;
        this.container = container;
    }

    /**
     * Creates the container of a spec unless there is one of its name; pulls the image if the engine lacks it.
     *
     * @return whether it was created now
     * @throws EngineRefusedException if it cannot be
     */
    boolean create(LaunchSpec spec, Attendance attendance) {
        String network = networks.ofTenant(spec.tenant());
        try {
            return tryCreate(spec, network, attendance);
        } catch (NotFoundException missingImage) {
            images.pull(spec.image(), spec.credentials());
            try {
                return tryCreate(spec, network, attendance);
            } catch (NotFoundException e) {
                throw new EngineRefusedException("The engine does not have the image " + spec.image()
                        + " although it pulled it: " + Engine.reason(e));
            }
        }
    }

    private boolean tryCreate(LaunchSpec spec, String network, Attendance attendance) {
        try {
            engine.call(
                    "create",
                    spec.id().text(),
                    () -> container.request(spec, network, attendance).exec());
            return true;
        } catch (ConflictException e) {
            return false;
        } catch (BadRequestException e) {
            String reason = Engine.reason(e);
            throw new EngineRefusedException(
                    reason.contains("No command specified")
                            ? "The image " + spec.image() + " has no command, and the process type "
                                    + spec.process() + " gives none. Add CMD or ENTRYPOINT to the Dockerfile, or the"
                                    + " process type to the Procfile."
                            : "The engine refuses this instance: " + reason);
        }
    }

    /** Starts a created container; does nothing if it runs. Removes it if it can never be started. */
    void start(LaunchSpec spec) {
        try {
            tryStart(spec);
        } catch (NetworkGoneException | EngineRefusedException e) {
            Leftovers.force(engine, spec.id().text());
            throw e;
        }
    }

    private void tryStart(LaunchSpec spec) {
        try {
            engine.call(
                    "start",
                    spec.id().text(),
                    () -> engine.client().startContainerCmd(spec.id().text()).exec());
        } catch (NotModifiedException running) {
            return;
        } catch (NotFoundException | BadRequestException | EngineFaultException e) {
            String reason = Engine.reason(e);
            if (reason.contains("network") && reason.contains("not found")) {
                networks.forget(networks.ofTenant(spec.tenant()));
                throw new NetworkGoneException();
            }
            boolean wrongCommand = reason.contains("executable file not found")
                    || reason.contains("no such file or directory")
                    || reason.contains("permission denied")
                    || reason.contains("exec format error");
            if (wrongCommand) {
                throw new EngineRefusedException("The process type " + spec.process() + " cannot be started"
                        + spec.command()
                                .map(words -> " with the command '" + String.join(" ", words) + "'")
                                .orElse("")
                        + ": " + reason);
            }
            throw e;
        }
    }

    /** The network was removed behind our back; the launch may be tried again from the start. */
    static final class NetworkGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
