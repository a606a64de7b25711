package dev.slipway.platform.pipeline;

import dev.slipway.buildpacks.descriptor.Formation;
import dev.slipway.buildpacks.descriptor.HealthCheck;
import dev.slipway.buildpacks.descriptor.HealthCheck.When;
import dev.slipway.buildpacks.image.LaunchPlan;
import dev.slipway.buildpacks.image.ProcessType;
import dev.slipway.buildpacks.lifecycle.BuildOutcome;
import dev.slipway.platform.app.AppConfig;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.reconcile.ReconcileSettings;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.release.HealthChecks;
import dev.slipway.platform.release.ReleaseDraft;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns what a build found out into what a release fixes. */
@ApplicationScoped
class ReleaseDrafts {
    private final AppConfig config;
    private final AppSettingsStore settings;
    private final ReconcileSettings defaults;

    ReleaseDrafts(AppConfig config, AppSettingsStore settings, ReconcileSettings defaults) {
        this.config = config;
        this.settings = settings;
        this.defaults = defaults;
    }

    ReleaseDraft of(Build build, AppSettings app, BuildOutcome.Built built) {
        List<dev.slipway.platform.release.ProcessType> processes = new ArrayList<>();
        for (ProcessType type : built.facts().processes()) {
            processes.add(new dev.slipway.platform.release.ProcessType(type.type(), type.command()));
        }
        return new ReleaseDraft(
                app.ref().toString(),
                built.image().toString(),
                build.commit(),
                "Deploy " + build.shortCommit() + (build.subject().isEmpty() ? "" : ": " + build.subject()),
                processes,
                checks(built),
                config.of(app.id()),
                build.requestedBy());
    }

    /** An app that has never been live starts with the formation its {@code app.json} proposes. */
    void adoptFormation(Build build, BuildOutcome.Built built) {
        AppSettings app = settings.lock(build.app());
        if (app.liveRelease().isPresent()) {
            return;
        }
        Map<String, Integer> proposed = new HashMap<>();
        for (Map.Entry<String, Formation> entry :
                built.facts().descriptor().formation().entrySet()) {
            if (!app.formation().containsKey(entry.getKey())) {
                proposed.put(entry.getKey(), entry.getValue().quantity());
            }
        }
        if (!proposed.isEmpty()) {
            settings.scale(app.id(), proposed);
        }
    }

    private Map<String, HealthChecks> checks(BuildOutcome.Built built) {
        boolean launched = built.facts().processes().stream()
                .anyMatch(type -> type.command().equals(LaunchPlan.command(type.type())));
        Map<String, HealthChecks> checks = new HashMap<>();
        built.facts().descriptor().healthChecks().forEach((process, declared) -> {
            Optional<HealthCheck> start = first(declared, When.STARTUP, When.READINESS, When.LIVENESS);
            Optional<HealthCheck> running = first(declared, When.LIVENESS, When.READINESS, When.STARTUP);
            if (start.isPresent() && running.isPresent()) {
                checks.put(process, new HealthChecks(check(start.get(), launched), check(running.get(), launched)));
            }
        });
        return checks;
    }

    /** The first check of the first of these times of life that has one. */
    private static Optional<HealthCheck> first(List<HealthCheck> declared, When... preferred) {
        return Stream.of(preferred)
                .flatMap(when -> declared.stream().filter(check -> check.when() == when))
                .findFirst();
    }

    private Check check(HealthCheck declared, boolean launched) {
        Duration patience = declared.initialDelay()
                .plus(declared.interval().plus(declared.timeout()).multipliedBy(declared.attempts()));
        Duration startWithin = patience.compareTo(defaults.startWithin()) > 0 ? patience : defaults.startWithin();
        return switch (declared.probe()) {
            case HealthCheck.Probe.Http http -> new Check.Http(http.path(), declared.timeout(), startWithin);
            case HealthCheck.Probe.Tcp tcp -> new Check.Tcp(startWithin);
            case HealthCheck.Probe.Uptime uptime -> new Check.Running(uptime.time(), startWithin.plus(uptime.time()));
            case HealthCheck.Probe.Command command ->
                new Check.Command(
                        launched ? List.of(LaunchPlan.LAUNCHER) : List.of(),
                        command.command(),
                        declared.timeout(),
                        startWithin);
        };
    }
}
