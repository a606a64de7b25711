package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.placement.Offer;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.release.HealthChecks;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.ResourceLimits;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Writes down, for the runtime, what an instance is: image, command, environment, limits. */
@ApplicationScoped
public class LaunchSpecs {
    /** What {@code $PORT} is inside every instance that listens; instances have addresses of their own. */
    static final int PORT = 5000;

    private final AppSettingsStore settings;
    private final Releases releases;
    private final ImageAccess images;
    private final ReconcileSettings limits;
    private final Capacity capacity;

    LaunchSpecs(
            AppSettingsStore settings,
            Releases releases,
            ImageAccess images,
            ReconcileSettings limits,
            Capacity capacity) {
        this.settings = settings;
        this.releases = releases;
        this.images = images;
        this.limits = limits;
        this.capacity = capacity;
    }

    /** What to launch, and how to tell that it becomes and stays healthy. */
    public record Prepared(LaunchSpec spec, HealthChecks checks) {}

    public Prepared prepare(Instance instance) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            AppSettings app = settings.get(instance.app());
            Release release = releases.get(instance.release());
            List<String> command = release.process(instance.process())
                    .map(ProcessType::command)
                    .orElse(List.of());
            int port = AppSettings.WEB.equals(instance.process()) ? PORT : 0;
            LaunchSpec spec = spec(
                    instance.id(), app, release, instance.process(), instance.slot(), instance.site(), command, port);
            return new Prepared(spec.on(instance.node()), checks(release, instance.process()));
        });
    }

    /** What a command that is run once, apart from the formation, is launched as, and at which site. */
    public record OneOffSpec(String site, LaunchSpec spec) {}

    /**
     * Chooses the site and node of a command that is run once and writes down how to launch it.
     *
     * @throws RuntimeUnavailableException when no site takes instances now
     */
    public OneOffSpec oneOff(AppSettings app, Release release, String process, List<String> command) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            Offer at = capacity.roomiest();
            LaunchSpec spec = spec(new InstanceId(UUID.randomUUID()), app, release, process, 0, at.site(), command, 0);
            return new OneOffSpec(at.site(), spec.on(at.node()));
        });
    }

    private LaunchSpec spec(
            InstanceId id,
            AppSettings app,
            Release release,
            String process,
            int slot,
            String site,
            List<String> command,
            int port) {
        ProcessLimits asked = app.limitsOf(process);
        Map<String, String> environment = new TreeMap<>(releases.config(release.id()));
        if (port != 0) {
            environment.put("PORT", String.valueOf(port));
        }
        environment.put("SLIPWAY_APP", app.ref().app().value());
        environment.put("SLIPWAY_TENANT", app.ref().tenant().value());
        environment.put("SLIPWAY_PROCESS", process);
        environment.put("SLIPWAY_INSTANCE", process + "." + (slot + 1));
        environment.put("SLIPWAY_RELEASE", release.version());
        environment.put("SLIPWAY_SITE", site);
        environment.put("SOURCE_COMMIT", release.commit());
        return new LaunchSpec(
                id,
                app.ref().tenant(),
                app.ref().app(),
                process,
                slot + 1,
                release.version(),
                images.reference(site, release),
                command.isEmpty() ? Optional.empty() : Optional.of(command),
                environment,
                port,
                new ResourceLimits(asked.cpuMillis(), asked.memoryBytes(), limits.pids(), limits.logBytes()),
                Optional.empty(),
                Map.of(),
                images.credentials(site, release));
    }

    private HealthChecks checks(Release release, String process) {
        HealthChecks declared = release.checks().get(process);
        if (declared != null) {
            return declared;
        }
        return HealthChecks.of(
                AppSettings.WEB.equals(process)
                        ? new Check.Tcp(limits.startWithin())
                        : new Check.Running(limits.settle(), limits.startWithin()));
    }
}
