package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.build.BuildState;
import dev.slipway.platform.build.Builds;
import dev.slipway.platform.deployment.DeploymentId;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.transcript.TranscriptSink;
import dev.slipway.platform.transcript.Transcripts;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.UnknownNameException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds: list, look at, read, cancel. */
@ApplicationScoped
public class BuildCommands {
    private final AppDoor door;
    private final Builds builds;
    private final Deployments deployments;
    private final Releases releases;
    private final Transcripts transcripts;
    private final StandingGuard guard;

    BuildCommands(
            AppDoor door,
            Builds builds,
            Deployments deployments,
            Releases releases,
            Transcripts transcripts,
            StandingGuard guard) {
        this.door = door;
        this.builds = builds;
        this.deployments = deployments;
        this.releases = releases;
        this.transcripts = transcripts;
        this.guard = guard;
    }

    public Page<BuildFacts> list(Principal principal, AppRef ref, PageRequest page) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        List<Build> found = builds.list(app.id(), page.before(), page.limit());
        Map<ReleaseId, Integer> numbers = releases.numbers(
                found.stream().flatMap(build -> build.release().stream()).toList());
        return Page.numbered(found, page.limit(), Build::number, build -> facts(build, numbers));
    }

    public BuildFacts info(Principal principal, AppRef ref, int number) {
        return facts(existing(door.enter(principal, Permission.APP_VIEW, ref), number));
    }

    /** The output so far, and that of the deployment it began. */
    public String output(Principal principal, AppRef ref, int number) {
        return transcripts.text(existing(door.enter(principal, Permission.APP_LOGS, ref), number)
                .transcript());
    }

    /** Looks whether the output may be followed, and gives the way to do so: down to the live URL or what went wrong. */
    public Following follow(Principal principal, AppRef ref, int number) {
        Build build = existing(door.enter(principal, Permission.APP_LOGS, ref), number);
        return sink -> {
            guard.during(principal, Permission.APP_LOGS, ref, () -> transcripts.follow(build.transcript(), sink));
            return builds.find(build.id()).filter(this::wentWell).isPresent();
        };
    }

    /** Follows something that has been found and allowed. */
    @FunctionalInterface
    public interface Following {
        /**
         * Gives all text to the sink as it comes, until nothing more will.
         *
         * @return whether what was followed went well
         */
        boolean to(TranscriptSink sink) throws InterruptedException;
    }

    /**
     * Ends a build that has not ended: a queued one at once, a running one in seconds.
     *
     * @throws NotPossibleException when it has ended already
     */
    public BuildFacts cancel(Principal principal, AppRef ref, int number) {
        AppSettings app = door.enter(principal, Permission.APP_DEPLOY, ref);
        Build cancelled = door.change(app.id(), () -> {
            Build build = existing(app, number);
            if (build.state().ended()) {
                throw new NotPossibleException(
                        "build",
                        String.valueOf(number),
                        "Build " + number + " has ended already: it " + told(build) + ".");
            }
            door.record(principal, "build.cancel", ref, Map.of(AuditField.BUILD, String.valueOf(number)));
            return builds.requestCancel(build.id(), principal.label());
        });
        if (cancelled.state().ended()) {
            transcripts.append(cancelled.transcript(), " !     Cancelled by " + principal.label() + ".\n");
            transcripts.close(cancelled.transcript());
        }
        return facts(cancelled);
    }

    private Build existing(AppSettings app, int number) {
        return builds.byNumber(app.id(), number)
                .orElseThrow(() -> new UnknownNameException(
                        "build", String.valueOf(number), app.ref() + " has no build " + number + "."));
    }

    /** Whether it made an image and, as far as that has come, a live release. */
    private boolean wentWell(Build build) {
        boolean undone = build.deployment()
                .flatMap(id -> deployments.find(new DeploymentId(id)))
                .filter(deployment -> deployment.state() instanceof DeploymentState.RolledBack
                        || deployment.state() instanceof DeploymentState.Cancelled)
                .isPresent();
        return build.state() instanceof BuildState.Succeeded && !undone;
    }

    private BuildFacts facts(Build build) {
        return facts(build, releases.numbers(build.release().stream().toList()));
    }

    /** @param numbers of releases, the one made of it among them */
    static BuildFacts facts(Build build, Map<ReleaseId, Integer> numbers) {
        return new BuildFacts(
                build.number(),
                build.state().code().toLowerCase(Locale.ROOT),
                reason(build.state()),
                build.commit(),
                build.branch(),
                build.subject(),
                build.requestedBy(),
                build.release()
                        .flatMap(id -> Optional.ofNullable(numbers.get(id)))
                        .map(number -> "v" + number),
                build.createdAt(),
                build.startedAt(),
                build.finishedAt());
    }

    private static String told(Build build) {
        return build.state().code().toLowerCase(Locale.ROOT).replace('_', ' ')
                + reason(build.state()).map(reason -> " (" + reason + ")").orElse("");
    }

    private static Optional<String> reason(BuildState state) {
        return switch (state) {
            case BuildState.Failed failed -> Optional.of(failed.reason());
            case BuildState.Cancelled cancelled -> Optional.of(cancelled.reason());
            case BuildState.TimedOut timedOut -> Optional.of(timedOut.reason());
            default -> Optional.empty();
        };
    }
}
