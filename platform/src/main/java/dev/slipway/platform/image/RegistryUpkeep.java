package dev.slipway.platform.image;

import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.site.Leadership;
import dev.slipway.registry.RegistrySettings;
import dev.slipway.registry.collect.CollectionReport;
import dev.slipway.registry.collect.Collector;
import dev.slipway.registry.replicate.Replicator;
import dev.slipway.registry.repository.Registry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Keeps the registry from growing for ever: drops abandoned uploads, and collects what no tag and no release needs. */
@ApplicationScoped
class RegistryUpkeep {
    private static final Logger LOG = Logger.getLogger(RegistryUpkeep.class);
    private static final Duration UPLOADS_EVERY = Duration.ofHours(1);
    private static final Duration COPIES_EVERY = Duration.ofSeconds(5);
    private static final Duration COLLECT_EVERY = Duration.ofHours(24);

    private final Registry registry;
    private final Collector collector;
    private final Replicator replicator;
    private final RegistrySettings settings;
    private final Leadership leadership;

    RegistryUpkeep(
            Registry registry,
            Collector collector,
            Replicator replicator,
            RegistrySettings settings,
            Leadership leadership) {
        this.registry = registry;
        this.collector = collector;
        this.replicator = replicator;
        this.settings = settings;
        this.leadership = leadership;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("registry uploads", UPLOADS_EVERY, () -> registry.blobs().expireUploads(settings.uploadLife()));
        loops.start("registry collection", COLLECT_EVERY, this::collect);
        loops.start("registry copies", COPIES_EVERY, this::copy);
    }

    private void copy() throws InterruptedException {
        while (replicator.next()) {
            LOG.debugf("registry copies left count=%d", replicator.waiting().size());
        }
    }

    private void collect() {
        if (leadership.epoch().isPresent()) {
            CollectionReport report = collector.collect(false);
            LOG.infof("registry collected report=%s", report);
        }
    }
}
