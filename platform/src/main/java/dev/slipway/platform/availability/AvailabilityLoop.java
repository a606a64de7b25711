package dev.slipway.platform.availability;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.proxy.AppTotals;
import dev.slipway.platform.proxy.ProxyMetrics;
import dev.slipway.platform.site.Leadership;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteState;
import dev.slipway.platform.site.Sites;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks once a minute, as the leader, whether each app that is to serve does, and whether each site answers. */
@ApplicationScoped
public class AvailabilityLoop {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration TIDY_EVERY = Duration.ofHours(6);
    private static final int SERVER_ERRORS = 4;

    private final AppSettingsStore settings;
    private final Instances instances;
    private final Sites sites;
    private final ProxyMetrics proxy;
    private final Availability availability;
    private final Leadership leadership;
    private Map<String, Counted> before = Map.of();

    AvailabilityLoop(
            AppSettingsStore settings,
            Instances instances,
            Sites sites,
            ProxyMetrics proxy,
            Availability availability,
            Leadership leadership) {
        this.settings = settings;
        this.instances = instances;
        this.sites = sites;
        this.proxy = proxy;
        this.availability = availability;
        this.leadership = leadership;
    }

    private record Counted(long requests, long failed) {
        static final Counted NONE = new Counted(0, 0);

        static Counted of(AppTotals totals) {
            long all =
                    totals.byStatusClass().stream().mapToLong(Long::longValue).sum();
            return new Counted(all, totals.byStatusClass().get(SERVER_ERRORS));
        }

        Counted since(Counted earlier) {
            return new Counted(Math.max(0, requests - earlier.requests), Math.max(0, failed - earlier.failed));
        }
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("availability", EVERY, this::look);
        loops.start("availability tidying", TIDY_EVERY, availability::tidy);
    }

    /** One round. */
    public void look() {
        Map<String, Counted> now = proxy.totals().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Counted.of(entry.getValue())));
        if (leadership.epoch().isPresent()) {
            availability.add(QuarkusTransaction.requiringNew().call(() -> looks(now)));
        }
        before = now;
    }

    private List<Availability.Look> looks(Map<String, Counted> now) {
        List<Availability.Look> looks = new ArrayList<>();
        Set<AppId> serving = instances.unended().stream()
                .filter(instance -> instance.process().equals(AppSettings.WEB))
                .filter(instance -> instance.state() instanceof InstanceState.Healthy)
                .map(Instance::app)
                .collect(Collectors.toSet());
        for (AppSettings app : settings.all()) {
            if (isToServe(app)) {
                Counted asked = now.getOrDefault(app.ref().toString(), Counted.NONE)
                        .since(before.getOrDefault(app.ref().toString(), Counted.NONE));
                looks.add(new Availability.Look(
                        Availability.Scope.APP,
                        app.id().value().toString(),
                        serving.contains(app.id()),
                        asked.requests(),
                        asked.failed()));
            }
        }
        Map<String, Boolean> answering = new HashMap<>();
        for (Site site : sites.all()) {
            if (!(site.state() instanceof SiteState.Joining)) {
                answering.put(site.name().value(), site.state().answers());
            }
        }
        answering.forEach(
                (site, answers) -> looks.add(new Availability.Look(Availability.Scope.SITE, site, answers, 0, 0)));
        return looks;
    }

    /** What nobody promised is not counted: an app without a release, stopped, or scaled to nothing. */
    private static boolean isToServe(AppSettings app) {
        return app.liveRelease().isPresent() && !app.stopped() && app.wanted(AppSettings.WEB) > 0;
    }
}
