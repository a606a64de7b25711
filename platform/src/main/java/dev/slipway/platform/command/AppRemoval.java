package dev.slipway.platform.command;

import dev.slipway.platform.app.AppConfig;
import dev.slipway.platform.app.AppDomains;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.build.Builds;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.git.GitRepositories;
import dev.slipway.platform.reconcile.Policies;
import dev.slipway.platform.source.AppSources;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.platform.transcript.Transcripts;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.quota.QuotaLedger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Takes an app away: first, in one transaction, everything that says it should be there; then what lies on the disk. Its
 * instances and their quota are ended by the reconciler, which finds that nothing wants them. History stays for the audit.
 */
@ApplicationScoped
class AppRemoval {
    private static final Logger LOG = Logger.getLogger(AppRemoval.class);

    private final AppDoor door;
    private final Apps apps;
    private final AppSettingsStore settings;
    private final AppConfig config;
    private final AppDomains domains;
    private final QuotaLedger quota;
    private final Policies policies;
    private final AppSources sources;
    private final Builds builds;
    private final Deployments deployments;
    private final Transcripts transcripts;
    private final Instance<GitRepositories> repositories;

    AppRemoval(
            AppDoor door,
            Apps apps,
            AppSettingsStore settings,
            AppConfig config,
            AppDomains domains,
            QuotaLedger quota,
            Policies policies,
            AppSources sources,
            Builds builds,
            Deployments deployments,
            Transcripts transcripts,
            Instance<GitRepositories> repositories) {
        this.door = door;
        this.apps = apps;
        this.settings = settings;
        this.config = config;
        this.domains = domains;
        this.quota = quota;
        this.policies = policies;
        this.sources = sources;
        this.builds = builds;
        this.deployments = deployments;
        this.transcripts = transcripts;
        this.repositories = repositories;
    }

    /** @param ask looks at the app once nobody else can change it, and throws to let it stay */
    void remove(Principal principal, AppSettings app, Runnable ask) {
        List<TranscriptId> open = door.change(app.id(), () -> {
            settings.lockIfThere(app.id()).ifPresent(there -> ask.run());
            apps.destroy(principal, app.ref());
            List<TranscriptId> ended = endWork(app.id(), principal.label());
            config.removeAll(app.id());
            domains.of(app.id()).forEach(host -> quota.release(DomainCommands.key(host)));
            domains.removeAll(app.id());
            sources.remove(app.id());
            policies.set(app, Collections.emptySortedMap());
            settings.remove(app.id());
            return ended;
        });
        for (TranscriptId transcript : open) {
            transcripts.append(transcript, " !     The app was destroyed.\n");
            transcripts.close(transcript);
        }
        repositories.stream().forEach(each -> removeRepository(each, app));
    }

    private List<TranscriptId> endWork(AppId app, String by) {
        List<TranscriptId> transcriptsOfEnded = new ArrayList<>();
        for (Build build : builds.open(app)) {
            builds.requestCancel(build.id(), by);
            transcriptsOfEnded.add(build.transcript());
        }
        for (Deployment deployment : deployments.open(app)) {
            if (deployments.lock(deployment.id()).state() instanceof DeploymentState.Undoable state) {
                deployments.become(deployment.id(), state.cancel("the app was destroyed by " + by));
                transcriptsOfEnded.add(deployment.transcript());
            }
        }
        return transcriptsOfEnded;
    }

    private static void removeRepository(GitRepositories repositories, AppSettings app) {
        try {
            repositories.remove(app.id());
        } catch (IOException e) {
            LOG.warnf(e, "git repository of a destroyed app stays on the disk app=%s id=%s", app.ref(), app.id());
        }
    }
}
