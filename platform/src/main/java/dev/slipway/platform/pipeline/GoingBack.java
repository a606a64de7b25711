package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.loop.Deadline;
import dev.slipway.platform.reconcile.Formation;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.site.Fence;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * The way back of a deployment that is cancelled after its release became live: the former release comes up beside it,
 * becomes live again, and only then do the cancelled one's instances end. See {@code
 * docs/decisions/0115-cancel-after-the-switch.md}.
 */
@ApplicationScoped
class GoingBack {
    private final Deployments deployments;
    private final Releases releases;
    private final AppSettingsStore settings;
    private final Formation formation;
    private final DeploymentActs acts;
    private final Fence fence;
    private final Rehearsal rehearsal;
    private final Clock clock;

    GoingBack(
            Deployments deployments,
            Releases releases,
            AppSettingsStore settings,
            Formation formation,
            DeploymentActs acts,
            Fence fence,
            Rehearsal rehearsal,
            Clock clock) {
        this.deployments = deployments;
        this.releases = releases;
        this.settings = settings;
        this.formation = formation;
        this.acts = acts;
        this.fence = fence;
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    /** Brings the former release up and makes it live; the new one stays if that does not succeed. */
    boolean bringBack(Deployment deployment, Release release, Output out) throws InterruptedException {
        Optional<Release> former = deployment.previous().flatMap(releases::find);
        Optional<UUID> formerDeployment = deployment.previousDeployment();
        if (former.isPresent() && formerDeployment.isPresent()) {
            out.step("Cancelled: " + former.get().version() + " comes back");
            Optional<String> failure = acts.bringBack(
                    deployment, former.get(), out, () -> new Deadline(deployment.deadline()).passed(clock));
            if (failure.isPresent()) {
                stay(deployment);
                out.error("Cancelled, but " + former.get().version() + " does not come back: " + failure.get() + "\n"
                        + release.version() + " stays live.");
                return true;
            }
        }
        QuarkusTransaction.requiringNew().run(() -> makeLive(deployment, former, formerDeployment));
        rehearsal.reached(Step.FORMER_LIVE);
        return true;
    }

    private void makeLive(Deployment deployment, Optional<Release> former, Optional<UUID> formerDeployment) {
        fence.hold();
        AppSettings app = settings.lock(deployment.app());
        if (!(deployments.lock(deployment.id()).state() instanceof DeploymentState.Returning returning)) {
            return;
        }
        if (former.isPresent()
                && formerDeployment.isPresent()
                && !formation.complete(app, former.get(), formerDeployment.get())) {
            // One of them ended since it was healthy, or more are wanted by now: the step is repeated.
            return;
        }
        settings.live(
                app.id(), former.map(release -> release.id().value()).orElse(null), formerDeployment.orElse(null));
        deployments.become(deployment.id(), returning.returned());
    }

    private void stay(Deployment deployment) {
        QuarkusTransaction.requiringNew().run(() -> {
            fence.hold();
            settings.lock(deployment.app());
            if (deployments.lock(deployment.id()).state() instanceof DeploymentState.Returning returning) {
                deployments.goOn(deployment.id());
                deployments.become(deployment.id(), returning.stay());
            }
        });
    }

    /** Moves the route over and ends the cancelled release's instances. */
    boolean withdraw(Deployment deployment, Release release, Output out) throws InterruptedException {
        acts.publish(deployment);
        acts.withdraw(deployment);
        QuarkusTransaction.requiringNew().run(() -> {
            fence.hold();
            if (deployments.lock(deployment.id()).state() instanceof DeploymentState.Withdrawing withdrawing) {
                deployments.become(deployment.id(), withdrawing.withdrawn("cancelled after it was live"));
            }
        });
        String now = deployment
                .previous()
                .flatMap(releases::find)
                .map(former -> former.version() + " is live again.")
                .orElse("Nothing is live.");
        out.error(release.version() + " is cancelled. " + now);
        acts.settled(deployment);
        out.close();
        return true;
    }
}
