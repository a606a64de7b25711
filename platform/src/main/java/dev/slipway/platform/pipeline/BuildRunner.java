package dev.slipway.platform.pipeline;

import dev.slipway.buildpacks.lifecycle.BuildOutcome;
import dev.slipway.buildpacks.lifecycle.Lifecycle;
import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.build.BuildState;
import dev.slipway.platform.build.Builds;
import dev.slipway.platform.loop.Timer;
import dev.slipway.platform.release.ReleaseDraft;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.transcript.Transcripts;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Runs one build that its caller has claimed, and releases what came of it. */
@ApplicationScoped
class BuildRunner {
    private final Builds builds;
    private final BuildRequests requests;
    private final Lifecycle lifecycle;
    private final ImagePrefetch prefetch;
    private final ReleaseDrafts drafts;
    private final Rollout rollout;
    private final AppSettingsStore settings;
    private final BuildQuota quota;
    private final Transcripts transcripts;
    private final PipelineSettings config;
    private final DeploymentQueue deployments;
    private final Fence fence;
    private final Rehearsal rehearsal;
    private final Timer timer;

    BuildRunner(
            Builds builds,
            BuildRequests requests,
            Lifecycle lifecycle,
            ImagePrefetch prefetch,
            ReleaseDrafts drafts,
            Rollout rollout,
            AppSettingsStore settings,
            BuildQuota quota,
            Transcripts transcripts,
            PipelineSettings config,
            DeploymentQueue deployments,
            Fence fence,
            Rehearsal rehearsal,
            Timer timer) {
        this.builds = builds;
        this.requests = requests;
        this.lifecycle = lifecycle;
        this.prefetch = prefetch;
        this.drafts = drafts;
        this.rollout = rollout;
        this.settings = settings;
        this.quota = quota;
        this.transcripts = transcripts;
        this.config = config;
        this.deployments = deployments;
        this.fence = fence;
        this.rehearsal = rehearsal;
        this.timer = timer;
    }

    void run(Build build, Cancellation cancellation) throws InterruptedException {
        rehearsal.reached(Step.BUILD_STARTED);
        AppSettings app = settings.get(build.app());
        BuildOutcome outcome;
        try (BuildLogWriter log = new BuildLogWriter(
                transcripts, build.transcript(), requests.format(), timer, config.transcriptLimit())) {
            outcome = lifecycle.build(requests.of(build, app), log, cancellation);
        } finally {
            requests.tidy(build);
        }
        switch (outcome) {
            case BuildOutcome.Built built -> release(build, app, built);
            case BuildOutcome.Failed failed ->
                end(build, state -> state.fail(failed.reason().sentences().getFirst()));
            case BuildOutcome.TimedOut timedOut ->
                end(
                        build,
                        state -> state.timeOut(
                                "took longer than " + timedOut.limit().toSeconds() + " s"));
            case BuildOutcome.Cancelled cancelled -> end(build, state -> state.cancel("cancelled"));
        }
    }

    private void release(Build build, AppSettings app, BuildOutcome.Built built) {
        rehearsal.reached(Step.IMAGE_WRITTEN);
        prefetch.begin(app, built.image());
        boolean released = QuarkusTransaction.requiringNew().call(() -> {
            fence.hold();
            quota.settle(build);
            if (builds.finish(build.id(), state -> state.succeed(built.image().toString()))
                    .isEmpty()) {
                return false;
            }
            drafts.adoptFormation(build, built);
            ReleaseDraft draft = drafts.of(build, app, built);
            Rollout.Begun begun = rollout.image(build.app(), draft, build.transcript());
            builds.released(
                    build.id(), begun.release().id(), begun.deployment().id().value());
            return true;
        });
        if (released) {
            rehearsal.reached(Step.RELEASE_MADE);
            // Not by a word to all who look after apps: they would hold the app's lock while its deployment begins.
            deployments.look();
        } else {
            transcripts.close(build.transcript());
        }
    }

    private void end(Build build, Function<BuildState.Running, BuildState> transition) {
        QuarkusTransaction.requiringNew().run(() -> {
            fence.hold();
            quota.settle(build);
            builds.finish(build.id(), transition);
        });
        transcripts.close(build.transcript());
    }

    /** Ends a build whose worker fell over, in words a person can do something with. */
    void breakDown(Build build) {
        transcripts.append(
                build.transcript(),
                " !     The platform could not finish this build, through no fault of the app. Push again; if it"
                        + " happens again, tell an operator: build " + build.id() + ".\n");
        end(build, state -> state.fail("the platform could not finish it"));
    }
}
