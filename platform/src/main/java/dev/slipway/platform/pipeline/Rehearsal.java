package dev.slipway.platform.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Lets an operator rehearse a crash: when the file {@code rehearsal} under SLIPWAY_HOME names a {@link Step}, the
 * process ends there as by {@code kill -9}. It removes the file before, so that it happens once and what follows the
 * restart can be watched, also where a supervisor restarts at once.
 */
@ApplicationScoped
class Rehearsal {
    private static final Logger LOG = Logger.getLogger(Rehearsal.class);
    private static final int KILLED = 137;

    private final Path file;

    Rehearsal(@ConfigProperty(name = "slipway.home") Path home) {
        this.file = home.resolve("rehearsal");
    }

    void reached(Step step) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            if (Files.readString(file).strip().equals(step.name()) && Files.deleteIfExists(file)) {
                LOG.warnf("halting as rehearsed step=%s", step);
                Runtime.getRuntime().halt(KILLED);
            }
        } catch (NoSuchFileException takenByAnotherThread) {
            LOG.debugf("no rehearsal any more step=%s", step);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
