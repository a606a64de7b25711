package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.build.BuildState;
import dev.slipway.platform.build.BuildWish;
import dev.slipway.platform.build.Builds;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentId;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.git.AcceptedPush;
import dev.slipway.platform.git.PushOutput;
import dev.slipway.platform.git.PushReceiver;
import dev.slipway.platform.git.PushVerdict;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.transcript.Transcripts;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Turns a push into a build and tells the one who pushed all of it, down to the live URL or what went wrong. */
@ApplicationScoped
class PushPipeline implements PushReceiver {
    private final Builds builds;
    private final Deployments deployments;
    private final Releases releases;
    private final AppSettingsStore settings;
    private final Transcripts transcripts;
    private final AuditLog audit;
    private final PipelineLoops loops;
    private final Rehearsal rehearsal;

    PushPipeline(
            Builds builds,
            Deployments deployments,
            Releases releases,
            AppSettingsStore settings,
            Transcripts transcripts,
            AuditLog audit,
            PipelineLoops loops,
            Rehearsal rehearsal) {
        this.builds = builds;
        this.deployments = deployments;
        this.releases = releases;
        this.settings = settings;
        this.transcripts = transcripts;
        this.audit = audit;
        this.loops = loops;
        this.rehearsal = rehearsal;
    }

    @Override
    public PushVerdict accept(AcceptedPush push, PushOutput out) throws InterruptedException {
        Builds.Queueing queueing = QuarkusTransaction.requiringNew().call(() -> {
            settings.lock(push.app());
            Builds.Queueing queued = builds.enqueue(new BuildWish(
                    push.app(),
                    push.commit().id().value(),
                    push.branch(),
                    push.commit().subject(),
                    push.principal().label()));
            audit.append(AuditEntry.done(
                    push.principal().label(),
                    "app.push",
                    AuditSubject.app(push.ref()),
                    Map.of(
                            AuditField.COMMIT, push.commit().id().value(),
                            AuditField.BRANCH, push.branch(),
                            AuditField.BUILD, String.valueOf(queued.queued().number()))));
            return queued;
        });
        Build build = queueing.queued();
        for (Build old : queueing.superseded()) {
            transcripts.append(
                    old.transcript(), " !     Superseded by build " + build.number() + ", which is newer.\n");
            transcripts.close(old.transcript());
        }
        transcripts.append(
                build.transcript(),
                "-----> Slipway: " + push.ref() + ", commit " + build.shortCommit() + " on " + push.branch() + "\n");
        rehearsal.reached(Step.BUILD_QUEUED);
        loops.wake();
        transcripts.follow(build.transcript(), text -> {
            out.write(text);
            return true;
        });
        return verdict(build);
    }

    private PushVerdict verdict(Build queued) {
        Build build = builds.find(queued.id()).orElseThrow();
        return switch (build.state()) {
            case BuildState.Succeeded succeeded -> verdictOfDeployment(build);
            case BuildState.Failed failed -> new PushVerdict.Rejected("build " + build.number() + " failed");
            case BuildState.TimedOut timedOut -> new PushVerdict.Rejected("build " + build.number() + " took too long");
            case BuildState.Cancelled cancelled ->
                new PushVerdict.Rejected("build " + build.number() + " " + cancelled.reason());
            default -> new PushVerdict.Rejected("build " + build.number() + " has not ended; see builds:output");
        };
    }

    private PushVerdict verdictOfDeployment(Build build) {
        Deployment deployment = build.deployment()
                .flatMap(id -> deployments.find(new DeploymentId(id)))
                .orElseThrow();
        String version = releases.get(deployment.release()).version();
        return switch (deployment.state()) {
            case DeploymentState.RolledBack rolledBack -> new PushVerdict.Rejected(version + " did not become live");
            case DeploymentState.Cancelled cancelled ->
                new PushVerdict.Rejected(version + " was cancelled: " + cancelled.reason());
            default ->
                new PushVerdict.Accepted(releases.get(deployment.release()).number());
        };
    }
}
