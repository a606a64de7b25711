package dev.slipway.platform.command;

import dev.slipway.platform.app.AppDomains;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.build.Builds;
import dev.slipway.platform.command.DomainCommands.DomainFacts;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything about an app at a glance, through one door and with as few questions as that takes. */
@ApplicationScoped
public class OverviewCommands {
    private final AppDoor door;
    private final AppCommands apps;
    private final ProcessCommands processes;
    private final AppDomains domains;
    private final Builds builds;
    private final Deployments deployments;
    private final Releases releases;

    OverviewCommands(
            AppDoor door,
            AppCommands apps,
            ProcessCommands processes,
            AppDomains domains,
            Builds builds,
            Deployments deployments,
            Releases releases) {
        this.door = door;
        this.apps = apps;
        this.processes = processes;
        this.domains = domains;
        this.builds = builds;
        this.deployments = deployments;
        this.releases = releases;
    }

    /** An app with what runs of it and what last happened to it. */
    public record Overview(
            AppFacts app,
            List<ProcessFacts> processes,
            List<DomainFacts> domains,
            List<BuildFacts> builds,
            List<DeploymentFacts> deployments) {}

    /** An app and what runs of it. */
    public record Running(AppFacts app, List<ProcessFacts> processes) {}

    /** What runs of an app. */
    public Running running(Principal principal, AppRef ref) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        return new Running(apps.info(app), processes.facts(app));
    }

    /** @param few how many builds and deployments, the newest first */
    public Overview of(Principal principal, AppRef ref, int few) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        List<Build> lastBuilds = builds.list(app.id(), Integer.MAX_VALUE, few);
        List<Deployment> lastDeployments = deployments.recentAndOpen(app.id(), few);
        List<String> custom = domains.of(app.id());
        Map<ReleaseId, Integer> numbers = releases.numbers(Stream.of(
                        app.liveRelease().map(ReleaseId::new).stream(),
                        lastBuilds.stream().flatMap(build -> build.release().stream()),
                        lastDeployments.stream().map(Deployment::release))
                .flatMap(some -> some)
                .distinct()
                .toList());
        return new Overview(
                apps.info(app, numbers, custom),
                processes.facts(
                        app,
                        lastDeployments.reversed().stream()
                                .filter(deployment -> !deployment.state().ended())
                                .toList()),
                DomainCommands.facts(domains.hostOf(ref), custom),
                lastBuilds.stream()
                        .map(build -> BuildCommands.facts(build, numbers))
                        .toList(),
                lastDeployments.stream()
                        .limit(few)
                        .map(deployment -> DeploymentCommands.facts(deployment, numbers))
                        .toList());
    }
}
