package dev.slipway.platform.pipeline;

import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentId;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.site.Leadership;
import dev.slipway.platform.site.StaleLeaderException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/** Gives each unended deployment to a thread, one thread at a time; a deployment whose thread failed is taken again. */
@ApplicationScoped
public class DeploymentQueue {
    private static final Logger LOG = Logger.getLogger(DeploymentQueue.class);

    private final Deployments deployments;
    private final DeploymentRunner runner;
    private final Leadership leadership;
    private final ExecutorService work;
    private final Set<DeploymentId> inHand = ConcurrentHashMap.newKeySet();

    DeploymentQueue(Deployments deployments, DeploymentRunner runner, Leadership leadership, ExecutorService work) {
        this.deployments = deployments;
        this.runner = runner;
        this.leadership = leadership;
        this.work = work;
    }

    /** Takes up whatever is open and in nobody's hands. */
    public void look() {
        if (leadership.epoch().isEmpty()) {
            return;
        }
        for (Deployment deployment : deployments.open()) {
            if (inHand.add(deployment.id())) {
                try {
                    work.execute(() -> run(deployment));
                } catch (RejectedExecutionException shuttingDown) {
                    inHand.remove(deployment.id());
                }
            }
        }
    }

    private void run(Deployment deployment) {
        try {
            runner.run(deployment.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StaleLeaderException | RuntimeUnavailableException e) {
            LOG.infof("deployment is left for later deployment=%s reason=%s", deployment.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "deployment step failed deployment=%s app=%s", deployment.id(), deployment.app());
        } finally {
            inHand.remove(deployment.id());
        }
    }
}
