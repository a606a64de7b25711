package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppConfig;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseDraft;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.platform.transcript.Transcripts;
import dev.slipway.tenancy.identity.AppId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes releases and queues their deployments, both in the caller's transaction. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Rollout {
    private final AppSettingsStore settings;
    private final AppConfig config;
    private final Releases releases;
    private final Deployments deployments;
    private final Transcripts transcripts;
    private final PipelineSettings limits;

    Rollout(
            AppSettingsStore settings,
            AppConfig config,
            Releases releases,
            Deployments deployments,
            Transcripts transcripts,
            PipelineSettings limits) {
        this.settings = settings;
        this.config = config;
        this.releases = releases;
        this.deployments = deployments;
        this.transcripts = transcripts;
        this.limits = limits;
    }

    /** A release and the deployment that is to make it live. */
    public record Begun(Release release, Deployment deployment) {}

    /** Releases a freshly built image. */
    public Begun image(AppId app, ReleaseDraft draft, TranscriptId transcript) {
        settings.lock(app);
        return begin(app, releases.make(app, draft), transcript, draft.createdBy());
    }

    /** Releases the newest release's image with the config of this moment; empty while the app has no release. */
    public Optional<Begun> config(AppId app, String description, String by) {
        settings.lock(app);
        return newest(app).map(base -> copy(base, description, by));
    }

    /** Makes an older release live again as a new one, with the older one's image and config. */
    public Begun back(AppId app, Release target, String by) {
        settings.lock(app);
        ReleaseDraft draft = new ReleaseDraft(
                target.repository(),
                target.imageDigest(),
                target.commit(),
                "Rollback to " + target.version(),
                target.processes(),
                target.checks(),
                releases.config(target.id()),
                by);
        return begin(app, releases.make(app, draft), transcripts.open(), by);
    }

    /** Deploys the live release anew, so that every instance is replaced without a gap; empty while none is live. */
    public Optional<Begun> restart(AppId app, String by) {
        AppSettings locked = settings.lock(app);
        return locked.liveRelease().map(live -> begin(app, releases.get(new ReleaseId(live)), transcripts.open(), by));
    }

    /** The release that is live once what is on its way has come to its end. */
    public Optional<Release> newest(AppId app) {
        return newest(deployments.open(app), () -> settings.get(app).liveRelease());
    }

    /** As the other, of an app that was read already. */
    public Optional<Release> newest(AppSettings app) {
        return newest(app, deployments.open(app.id()));
    }

    /**
     * As the other, of an app whose deployments were read too.
     *
     * @param open those that have not ended, the oldest first
     */
    public Optional<Release> newest(AppSettings app, List<Deployment> open) {
        return newest(open, app::liveRelease);
    }

    private Optional<Release> newest(List<Deployment> open, Supplier<Optional<UUID>> live) {
        return open.stream()
                .filter(deployment -> !deployment.leaving())
                .reduce((first, second) -> second)
                .map(Deployment::release)
                .or(() -> open.isEmpty()
                        ? live.get().map(ReleaseId::new)
                        : open.getFirst().previous())
                .map(releases::get);
    }

    private Begun copy(Release base, String description, String by) {
        ReleaseDraft draft = new ReleaseDraft(
                base.repository(),
                base.imageDigest(),
                base.commit(),
                description,
                base.processes(),
                base.checks(),
                config.of(base.app()),
                by);
        return begin(base.app(), releases.make(base.app(), draft), transcripts.open(), by);
    }

    private Begun begin(AppId app, Release release, TranscriptId transcript, String by) {
        Deployments.Queueing queueing =
                deployments.enqueue(app, release.id(), release.version(), transcript, by, limits.deploymentTime());
        queueing.superseded().stream()
                .filter(old -> !old.transcript().equals(transcript))
                .forEach(old -> transcripts.close(old.transcript()));
        return new Begun(release, queueing.queued());
    }
}
