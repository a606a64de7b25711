package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
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

/** Deployments: list, look at, follow, cancel. */
@ApplicationScoped
public class DeploymentCommands {
    private final AppDoor door;
    private final Deployments deployments;
    private final Releases releases;
    private final Transcripts transcripts;

    DeploymentCommands(AppDoor door, Deployments deployments, Releases releases, Transcripts transcripts) {
        this.door = door;
        this.deployments = deployments;
        this.releases = releases;
        this.transcripts = transcripts;
    }

    public Page<DeploymentFacts> list(Principal principal, AppRef ref, PageRequest page) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        List<Deployment> found = deployments.list(app.id(), page.before(), page.limit());
        Map<ReleaseId, Integer> numbers = releases.numbers(
                found.stream().map(Deployment::release).distinct().toList());
        return Page.numbered(found, page.limit(), Deployment::number, deployment -> facts(deployment, numbers));
    }

    public DeploymentFacts info(Principal principal, AppRef ref, int number) {
        return facts(existing(door.enter(principal, Permission.APP_VIEW, ref), number));
    }

    /** The output so far. */
    public String output(Principal principal, AppRef ref, int number) {
        return transcripts.text(existing(door.enter(principal, Permission.APP_LOGS, ref), number)
                .transcript());
    }

    /** Looks whether a deployment may be followed, and gives the way to do so; it went well when its release is live. */
    public BuildCommands.Following follow(Principal principal, AppRef ref, int number) {
        Deployment deployment = existing(door.enter(principal, Permission.APP_VIEW, ref), number);
        return sink -> {
            transcripts.follow(deployment.transcript(), sink);
            DeploymentState state =
                    deployments.find(deployment.id()).orElse(deployment).state();
            return state instanceof DeploymentState.Done || state instanceof DeploymentState.Draining;
        };
    }

    /**
     * Ends a deployment that has not ended, whatever its state: the earlier release goes on serving, or comes back if
     * the new one was live already.
     *
     * @throws NotPossibleException when it has ended
     */
    public DeploymentFacts cancel(Principal principal, AppRef ref, int number) {
        AppSettings app = door.enter(principal, Permission.APP_DEPLOY, ref);
        Deployment cancelled = door.change(app.id(), () -> {
            Deployment deployment = deployments.lock(existing(app, number).id());
            if (deployment.state().ended()) {
                throw new NotPossibleException(
                        "deployment",
                        String.valueOf(number),
                        "Deployment " + number + " is over (" + text(deployment.state()) + "); rollback goes back.");
            }
            door.record(principal, "deployment.cancel", ref, Map.of(AuditField.DEPLOYMENT, String.valueOf(number)));
            return deployments.requestCancel(deployment.id(), principal.label());
        });
        if (cancelled.state().ended()) {
            transcripts.append(cancelled.transcript(), " !     Cancelled by " + principal.label() + ".\n");
            transcripts.close(cancelled.transcript());
        }
        return facts(cancelled);
    }

    private Deployment existing(AppSettings app, int number) {
        return deployments
                .byNumber(app.id(), number)
                .orElseThrow(() -> new UnknownNameException(
                        "deployment", String.valueOf(number), app.ref() + " has no deployment " + number + "."));
    }

    private DeploymentFacts facts(Deployment deployment) {
        return facts(deployment, releases.numbers(List.of(deployment.release())));
    }

    /** @param numbers of releases, its own among them */
    static DeploymentFacts facts(Deployment deployment, Map<ReleaseId, Integer> numbers) {
        Optional<String> reason = switch (deployment.state()) {
            case DeploymentState.RolledBack undone -> Optional.of(undone.reason());
            case DeploymentState.Cancelled cancelled -> Optional.of(cancelled.reason());
            default -> Optional.empty();
        };
        return new DeploymentFacts(
                deployment.number(),
                deployment.state().code().toLowerCase(Locale.ROOT),
                reason,
                Optional.ofNullable(numbers.get(deployment.release()))
                        .map(number -> "v" + number)
                        .orElse("?"),
                deployment.requestedBy(),
                deployment.createdAt(),
                deployment.finishedAt());
    }

    private static String text(DeploymentState state) {
        return state.code().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
