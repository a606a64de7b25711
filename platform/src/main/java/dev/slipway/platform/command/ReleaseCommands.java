package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.pipeline.Rollout;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.UnknownNameException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Releases: list, look at, go back. */
@ApplicationScoped
public class ReleaseCommands {
    private static final int LOOKED_BACK = 200;

    private final AppDoor door;
    private final AppSettingsStore settings;
    private final Releases releases;
    private final Deployments deployments;
    private final Rollout rollout;

    ReleaseCommands(
            AppDoor door, AppSettingsStore settings, Releases releases, Deployments deployments, Rollout rollout) {
        this.door = door;
        this.settings = settings;
        this.releases = releases;
        this.deployments = deployments;
        this.rollout = rollout;
    }

    public Page<ReleaseFacts> list(Principal principal, AppRef ref, PageRequest page) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        List<Release> found = releases.list(app.id(), page.before(), page.limit());
        return Page.numbered(found, page.limit(), Release::number, release -> facts(app, release));
    }

    public ReleaseFacts info(Principal principal, AppRef ref, int number) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        return facts(app, existing(app, number));
    }

    /**
     * What a release has that the one with the next smaller number had not; empty for the first one.
     *
     * @throws UnknownNameException when there is no such release
     */
    public Optional<ReleaseDifference> difference(Principal principal, AppRef ref, int number) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        Release release = existing(app, number);
        return releases.list(app.id(), number, 1).stream()
                .findFirst()
                .map(before -> ReleaseDifference.of(
                        before, releases.config(before.id()), release, releases.config(release.id())));
    }

    /**
     * Makes an older release live again, as a new one with its image and config.
     *
     * @param number which; empty for the one that was live before the live one
     */
    public Rolling rollback(Principal principal, AppRef ref, Optional<Integer> number) {
        AppSettings app = door.enter(principal, Permission.APP_DEPLOY, ref);
        return door.change(app.id(), () -> {
            AppSettings locked = settings.lock(app.id());
            Release target = number.map(wanted -> existing(locked, wanted)).orElseGet(() -> before(locked));
            if (locked.liveRelease().equals(Optional.of(target.id().value()))) {
                throw new NotPossibleException("release", target.version(), target.version() + " is live already.");
            }
            Rollout.Begun begun = rollout.back(app.id(), target, principal.label());
            door.record(
                    principal,
                    "app.rollback",
                    ref,
                    Map.of(
                            AuditField.TO,
                            target.version(),
                            AuditField.RELEASE,
                            begun.release().version()));
            return Rolling.of(begun);
        });
    }

    private Release before(AppSettings app) {
        return deployments.list(app.id(), Integer.MAX_VALUE, LOOKED_BACK).stream()
                .filter(deployment -> deployment.state() instanceof DeploymentState.Done)
                .map(Deployment::release)
                .filter(release -> !app.liveRelease().equals(Optional.of(release.value())))
                .findFirst()
                .flatMap(releases::find)
                .orElseThrow(() -> new NotPossibleException(
                        "app", app.ref().toString(), app.ref() + " has no earlier release that was live."));
    }

    private Release existing(AppSettings app, int number) {
        return releases.byNumber(app.id(), number)
                .orElseThrow(() -> new UnknownNameException(
                        "release", "v" + number, app.ref() + " has no release v" + number + "."));
    }

    private static ReleaseFacts facts(AppSettings app, Release release) {
        return ReleaseFacts.of(release, app.liveRelease().map(ReleaseId::new).equals(Optional.of(release.id())));
    }
}
