package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppDomains;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentId;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.loop.Deadline;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.transcript.Transcripts;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes one deployment from where it is stored to its end. Each step is stored before the next begins, and each may be
 * repeated, so that another process can go on after a crash.
 */
@ApplicationScoped
class DeploymentRunner {
    private final Deployments deployments;
    private final Releases releases;
    private final AppSettingsStore settings;
    private final AppDomains domains;
    private final DeploymentActs acts;
    private final GoingBack goingBack;
    private final Transcripts transcripts;
    private final Fence fence;
    private final Rehearsal rehearsal;
    private final LiveAddress address;
    private final PipelineSettings limits;
    private final Clock clock;

    DeploymentRunner(
            Deployments deployments,
            Releases releases,
            AppSettingsStore settings,
            AppDomains domains,
            DeploymentActs acts,
            GoingBack goingBack,
            Transcripts transcripts,
            Fence fence,
            Rehearsal rehearsal,
            LiveAddress address,
            PipelineSettings limits,
            Clock clock) {
        this.deployments = deployments;
        this.releases = releases;
        this.settings = settings;
        this.domains = domains;
        this.acts = acts;
        this.goingBack = goingBack;
        this.transcripts = transcripts;
        this.fence = fence;
        this.rehearsal = rehearsal;
        this.address = address;
        this.limits = limits;
        this.clock = clock;
    }

    /** Runs the deployment to its end; returns at once when it waits for an earlier one. */
    void run(DeploymentId id) throws InterruptedException {
        while (true) {
            Deployment deployment = deployments.find(id).orElseThrow();
            Output out = new Output(transcripts, deployment.transcript());
            if (!(deployment.state() instanceof DeploymentState.Open state)) {
                out.close();
                return;
            }
            Optional<String> ending = mustEnd(deployment);
            if (ending.isPresent()) {
                undo(deployment, ending.get(), deployment.cancelRequested(), out);
                continue;
            }
            Release release = releases.get(deployment.release());
            boolean moved = switch (state) {
                case DeploymentState.Pending pending -> begin(deployment, release, out);
                case DeploymentState.Releasing releasing -> releasePhase(deployment, release, out);
                case DeploymentState.Placing placing -> place(deployment, release, out);
                case DeploymentState.Checking checking -> check(deployment, release, out);
                case DeploymentState.Switching switching -> makeLive(deployment, release);
                case DeploymentState.Draining draining ->
                    deployment.cancelRequested() ? endDraining(deployment) : drain(deployment, release, out);
                case DeploymentState.Returning returning -> goingBack.bringBack(deployment, release, out);
                case DeploymentState.Withdrawing withdrawing -> goingBack.withdraw(deployment, release, out);
            };
            if (!moved) {
                return;
            }
        }
    }

    private Optional<String> mustEnd(Deployment deployment) {
        if (!(deployment.state() instanceof DeploymentState.Undoable)) {
            return Optional.empty();
        }
        if (deployment.cancelRequested()) {
            return Optional.of("cancelled");
        }
        return new Deadline(deployment.deadline()).passed(clock)
                ? Optional.of("the deployment took longer than it may, in state "
                        + deployment.state().code().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private boolean begin(Deployment deployment, Release release, Output out) {
        boolean begun = QuarkusTransaction.requiringNew().call(() -> {
            fence.hold();
            AppSettings app = settings.lock(deployment.app());
            boolean busy =
                    deployments.open(deployment.app()).stream().anyMatch(other -> other.number() < deployment.number());
            if (busy || !(deployments.lock(deployment.id()).state() instanceof DeploymentState.Pending pending)) {
                return false;
            }
            deployments.previous(deployment.id(), app.liveRelease().map(ReleaseId::new), app.liveDeployment());
            deployments.become(deployment.id(), pending.begin());
            return true;
        });
        if (begun) {
            out.step("Release " + release.version() + ": " + acts.describe(deployment, release));
            rehearsal.reached(Step.DEPLOYMENT_BEGUN);
        }
        return begun;
    }

    private boolean releasePhase(Deployment deployment, Release release, Output out) throws InterruptedException {
        Optional<String> failure = acts.releasePhase(deployment, release, out, abandoned(deployment));
        if (mustEnd(now(deployment)).isPresent()) {
            return true;
        }
        if (failure.isPresent()) {
            undo(deployment, failure.get(), false, out);
            return true;
        }
        advance(
                deployment,
                state -> state instanceof DeploymentState.Releasing releasing
                        ? Optional.of(releasing.released())
                        : Optional.empty());
        rehearsal.reached(Step.RELEASE_PHASE_DONE);
        return true;
    }

    private boolean place(Deployment deployment, Release release, Output out) {
        Optional<String> failure = acts.place(deployment, release, out);
        if (failure.isPresent()) {
            undo(deployment, failure.get(), false, out);
        }
        rehearsal.reached(Step.INSTANCES_INTENDED);
        return true;
    }

    private boolean check(Deployment deployment, Release release, Output out) throws InterruptedException {
        Optional<String> failure = acts.bringUp(deployment, release, out, abandoned(deployment));
        if (mustEnd(now(deployment)).isPresent()) {
            return true;
        }
        // What ended while nobody looked, as over a restart, must not count as nothing to wait for.
        Optional<String> reason = failure.or(() -> acts.ended(deployment));
        if (reason.isPresent()) {
            undo(deployment, reason.get(), false, out);
            return true;
        }
        advance(
                deployment,
                state -> state instanceof DeploymentState.Checking checking
                        ? Optional.of(checking.healthy())
                        : Optional.empty());
        rehearsal.reached(Step.INSTANCES_HEALTHY);
        return true;
    }

    private boolean makeLive(Deployment deployment, Release release) {
        QuarkusTransaction.requiringNew().run(() -> {
            fence.hold();
            settings.lock(deployment.app());
            Deployment now = deployments.lock(deployment.id());
            // A wish to cancel that came before the switch is heeded here; one that comes later goes back.
            if (!now.cancelRequested() && now.state() instanceof DeploymentState.Switching switching) {
                settings.live(
                        deployment.app(), release.id().value(), deployment.id().value());
                deployments.become(deployment.id(), switching.switched());
            }
        });
        rehearsal.reached(Step.RELEASE_LIVE);
        return true;
    }

    private boolean drain(Deployment deployment, Release release, Output out) throws InterruptedException {
        acts.publish(deployment);
        rehearsal.reached(Step.ROUTES_SWITCHED);
        if (!transcripts.closed(deployment.transcript())) {
            tellLive(deployment, release, out);
        }
        acts.retireOthers(deployment, () -> now(deployment).cancelRequested());
        rehearsal.reached(Step.OLD_INSTANCES_ENDED);
        return endDraining(deployment);
    }

    private void tellLive(Deployment deployment, Release release, Output out) {
        AppSettings app = settings.get(deployment.app());
        Duration took = Duration.between(transcripts.begun(deployment.transcript()), clock.instant());
        String seconds = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
        if (app.stopped()) {
            out.end("Released: " + release.version() + "; the app is stopped, ps:start begins it   " + seconds);
        } else if (release.process(AppSettings.WEB).isPresent() && app.wanted(AppSettings.WEB) > 0) {
            out.end("Live: " + address.of(domains.hostOf(app.ref())) + "   " + release.version() + "   " + seconds);
        } else {
            acts.nothingRuns(deployment, release).ifPresent(out::detail);
            out.end("Live: " + release.version() + ", no web process   " + seconds);
        }
        // Whoever waits for the live URL need not wait for the old instances.
        out.close();
    }

    /** Done, or on the way back if somebody cancelled meanwhile. */
    private boolean endDraining(Deployment deployment) {
        boolean done = QuarkusTransaction.requiringNew().call(() -> {
            fence.hold();
            settings.lock(deployment.app());
            Deployment now = deployments.lock(deployment.id());
            if (!(now.state() instanceof DeploymentState.Draining draining)) {
                return false;
            }
            if (now.cancelRequested()) {
                deployments.extend(deployment.id(), limits.deploymentTime());
                deployments.become(deployment.id(), draining.goBack());
                return false;
            }
            deployments.become(deployment.id(), draining.drained());
            return true;
        });
        if (done) {
            acts.settled(deployment);
        }
        rehearsal.reached(done ? Step.DEPLOYMENT_DONE : Step.GOING_BACK);
        return true;
    }

    private Deployment now(Deployment deployment) {
        return QuarkusTransaction.requiringNew()
                .call(() -> deployments.find(deployment.id()).orElseThrow());
    }

    private BooleanSupplier abandoned(Deployment deployment) {
        return () -> mustEnd(now(deployment)).isPresent();
    }

    private void undo(Deployment deployment, String reason, boolean cancelled, Output out) {
        acts.undo(deployment);
        advance(
                deployment,
                state -> state instanceof DeploymentState.Undoable undoable
                        ? Optional.of(cancelled ? undoable.cancel(reason) : undoable.undo(reason))
                        : Optional.empty());
        Release release = releases.get(deployment.release());
        String still = deployment
                .previous()
                .flatMap(releases::find)
                .map(previous -> previous.version() + " serves as before.")
                .orElse("Nothing is live yet.");
        out.error(release.version() + " is not live: " + reason + "\n" + still);
        acts.settled(deployment);
        out.close();
    }

    private interface Transition {
        Optional<DeploymentState> from(DeploymentState state);
    }

    private void advance(Deployment deployment, Transition transition) {
        QuarkusTransaction.requiringNew().run(() -> {
            fence.hold();
            transition
                    .from(deployments.lock(deployment.id()).state())
                    .ifPresent(next -> deployments.become(deployment.id(), next));
        });
    }
}
