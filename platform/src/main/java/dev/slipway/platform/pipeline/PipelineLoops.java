package dev.slipway.platform.pipeline;

import dev.slipway.platform.loop.Loop;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.reconcile.Reconciliation;
import dev.slipway.platform.reconcile.Wakeup;
import dev.slipway.platform.site.Leadership;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The loops of the control plane, in the order they must come up: leading, then keeping what runs, then new work. */
@ApplicationScoped
public class PipelineLoops {
    private static final Duration LEAD_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Loops loops;
    private final Leadership leadership;
    private final Reconciliation reconciliation;
    private final BuildQueue builds;
    private final DeploymentQueue deployments;
    private final Wakeup wakeup;
    private volatile @Nullable Loop buildLoop;
    private volatile @Nullable Loop deploymentLoop;

    PipelineLoops(
            Loops loops,
            Leadership leadership,
            Reconciliation reconciliation,
            BuildQueue builds,
            DeploymentQueue deployments,
            Wakeup wakeup) {
        this.loops = loops;
        this.leadership = leadership;
        this.reconciliation = reconciliation;
        this.builds = builds;
        this.deployments = deployments;
        this.wakeup = wakeup;
    }

    void start(@Observes @Priority(2000) StartupEvent event) {
        leadership.renew();
        loops.start("leader", LEAD_EVERY, leadership::renew);
        reconciliation.start(loops);
        deploymentLoop = loops.start("deployments", LOOK_EVERY, deployments::look);
        buildLoop = loops.start("builds", LOOK_EVERY, builds::look);
        wakeup.listen(app -> wake());
    }

    /** New work is there. */
    public void wake() {
        Loop first = buildLoop;
        Loop second = deploymentLoop;
        if (first != null) {
            first.wake();
        }
        if (second != null) {
            second.wake();
        }
    }
}
