package dev.slipway.platform.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Lets an operator rehearse a crash: with {@code slipway.rehearsal.halt-at} set to a {@link Step}, the process ends
 * there as by {@code kill -9}, once, so that what follows the restart can be watched.
 */
@ApplicationScoped
class Rehearsal {
    private static final Logger LOG = Logger.getLogger(Rehearsal.class);
    private static final int KILLED = 137;

    private final Optional<Step> haltAt;

    Rehearsal(@ConfigProperty(name = "slipway.rehearsal.halt-at") Optional<Step> haltAt) {
        this.haltAt = haltAt;
    }

    void reached(Step step) {
        if (haltAt.isPresent() && haltAt.get() == step) {
            LOG.warnf("halting as rehearsed step=%s", step);
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
