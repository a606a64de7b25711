package dev.slipway.platform.telemetry;

import dev.slipway.platform.build.Builds;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.proxy.AppTotals;
import dev.slipway.platform.proxy.ProxyMetrics;
import dev.slipway.platform.site.Leadership;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What Prometheus is told of the platform: what is open, what runs, who leads, and how many requests went where. */
@ApplicationScoped
class PlatformMetrics {
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final MeterRegistry registry;
    private final Builds builds;
    private final Deployments deployments;
    private final Instances instances;
    private final ProxyMetrics proxy;
    private final MultiGauge openBuilds;
    private final MultiGauge openDeployments;
    private final MultiGauge runningInstances;
    private final Set<String> appsSeen = new HashSet<>();

    PlatformMetrics(
            MeterRegistry registry,
            Builds builds,
            Deployments deployments,
            Instances instances,
            ProxyMetrics proxy,
            Leadership leadership) {
        this.registry = registry;
        this.builds = builds;
        this.deployments = deployments;
        this.instances = instances;
        this.proxy = proxy;
        openBuilds = gauge("slipway.builds.open", "Builds that have not ended, by state");
        openDeployments = gauge("slipway.deployments.open", "Deployments that have not ended, by state");
        runningInstances = gauge("slipway.instances", "Instances that have not ended, by state");
        Gauge.builder("slipway.leader", leadership, it -> it.epoch().isPresent() ? 1 : 0)
                .description("Whether this process leads")
                .register(registry);
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("metrics", EVERY, this::read);
    }

    private void read() {
        publish(openBuilds, builds.openByState());
        publish(openDeployments, deployments.openByState());
        publish(runningInstances, instances.unendedByState());
        for (String app : proxy.totals().keySet()) {
            if (appsSeen.add(app)) {
                count(app);
            }
        }
    }

    /** One counter for each class of status; {@code app} is empty for hosts that nobody has. */
    private void count(String app) {
        for (int index = 0; index < 5; index++) {
            int statusClass = index;
            FunctionCounter.builder("slipway.proxy.requests", proxy, it -> total(it, app, statusClass))
                    .description("Requests that have ended, by app and class of status")
                    .tag("app", app)
                    .tag("class", (statusClass + 1) + "xx")
                    .register(registry);
        }
    }

    private static double total(ProxyMetrics metrics, String app, int statusClass) {
        AppTotals totals = metrics.totals().get(app);
        return totals == null ? 0 : totals.byStatusClass().get(statusClass);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static void publish(MultiGauge gauge, Map<String, Long> counts) {
        gauge.register(
                counts.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(
                                Tags.of("state", entry.getKey().toLowerCase(java.util.Locale.ROOT)), entry.getValue()))
                        .toList(),
                true);
    }
}
