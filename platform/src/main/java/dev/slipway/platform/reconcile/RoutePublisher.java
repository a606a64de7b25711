package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppDomains;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.route.Backend;
import dev.slipway.platform.route.Rates;
import dev.slipway.platform.route.Route;
import dev.slipway.platform.route.RouteTables;
import dev.slipway.platform.site.Drill;
import dev.slipway.platform.site.Drills;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.RateLimits;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells the proxies which instances serve which hosts: the healthy web instances of the live deployment. */
@ApplicationScoped
public class RoutePublisher {
    private final AppSettingsStore settings;
    private final AppDomains domains;
    private final Instances instances;
    private final Drills drills;
    private final RateLimits limits;
    private final RouteTables tables;

    private final Map<AppId, Map<String, Route>> routes = new HashMap<>();
    private boolean complete;

    RoutePublisher(
            AppSettingsStore settings,
            AppDomains domains,
            Instances instances,
            Drills drills,
            RateLimits limits,
            RouteTables tables) {
        this.settings = settings;
        this.domains = domains;
        this.instances = instances;
        this.drills = drills;
        this.limits = limits;
        this.tables = tables;
    }

    /** Reads one app anew and swaps the table if that changed anything. */
    public synchronized void publish(AppId app) {
        if (!complete) {
            publishAll();
            return;
        }
        Map<String, Route> fresh = QuarkusTransaction.requiringNew()
                .call(() -> settings.find(app)
                        .map(found -> routesOf(
                                found, instances.unended(app), domains.of(app), drills.running(), rates(found)))
                        .orElse(Map.of()));
        if (!fresh.equals(routes.getOrDefault(app, Map.of()))) {
            routes.put(app, fresh);
            swap();
        }
    }

    /** Reads all apps anew. */
    public synchronized void publishAll() {
        Map<AppId, Map<String, Route>> fresh = QuarkusTransaction.requiringNew().call(() -> {
            Map<AppId, Map<String, Route>> all = new HashMap<>();
            Map<AppId, List<Instance>> running =
                    instances.unended().stream().collect(Collectors.groupingBy(Instance::app));
            Map<AppId, List<String>> custom = domains.all();
            Optional<Drill> drill = drills.running();
            RateLimits.Snapshot requests = limits.read(QuotaResource.REQUESTS_PER_SECOND);
            RateLimits.Snapshot bytes = limits.read(QuotaResource.EGRESS_BYTES_PER_SECOND);
            for (AppSettings app : settings.all()) {
                all.put(
                        app.id(),
                        routesOf(
                                app,
                                running.getOrDefault(app.id(), List.of()),
                                custom.getOrDefault(app.id(), List.of()),
                                drill,
                                new Rates(requests.of(app.tenant(), app.id()), bytes.of(app.tenant(), app.id()))));
            }
            return all;
        });
        if (!complete || !fresh.equals(routes)) {
            routes.clear();
            routes.putAll(fresh);
            complete = true;
            swap();
        }
    }

    private Rates rates(AppSettings app) {
        return new Rates(
                limits.of(app.tenant(), app.id(), QuotaResource.REQUESTS_PER_SECOND),
                limits.of(app.tenant(), app.id(), QuotaResource.EGRESS_BYTES_PER_SECOND));
    }

    private void swap() {
        Map<String, Route> byHost = new HashMap<>();
        routes.values().forEach(byHost::putAll);
        tables.update(old -> byHost);
    }

    private Map<String, Route> routesOf(
            AppSettings app, List<Instance> unended, List<String> custom, Optional<Drill> drill, Rates rates) {
        List<Instance> web = unended.stream()
                .filter(instance -> instance.process().equals(AppSettings.WEB))
                .filter(instance -> app.liveDeployment().equals(Optional.of(instance.deployment())))
                .toList();
        web = withoutDrilled(web, drill);
        List<Backend> backends = new ArrayList<>();
        for (Instance instance : web) {
            if (instance.state() instanceof InstanceState.Healthy) {
                instance.endpoint()
                        .ifPresent(at ->
                                backends.add(new Backend(instance.id().value().toString(), at.host(), at.port())));
            }
        }
        Route route = new Route(
                app.ref().toString(),
                backends,
                backends.isEmpty() ? Optional.of(reason(app, web)) : Optional.empty(),
                rates);
        Map<String, Route> hosts = new HashMap<>();
        hosts.put(domains.hostOf(app.ref()), route);
        custom.forEach(host -> hosts.put(host, route));
        return hosts;
    }

    /** In a drill the traffic leaves a site first, wherever something else of the app can take it. */
    private static List<Instance> withoutDrilled(List<Instance> web, Optional<Drill> drill) {
        if (drill.isEmpty()) {
            return web;
        }
        String site = drill.get().site().value();
        boolean others = web.stream()
                .anyMatch(instance -> instance.state() instanceof InstanceState.Healthy
                        && !instance.site().equals(site));
        return others
                ? web.stream().filter(instance -> !instance.site().equals(site)).toList()
                : web;
    }

    private static String reason(AppSettings app, List<Instance> web) {
        if (app.liveRelease().isEmpty()) {
            return "This app has no release yet.";
        }
        if (app.stopped()) {
            return "This app is stopped.";
        }
        if (app.wanted(AppSettings.WEB) == 0) {
            return "This app is scaled to no web instances.";
        }
        if (web.isEmpty()) {
            return "No instance of this app runs at the moment.";
        }
        return web.size() == 1
                ? "The only instance of this app is not healthy at the moment."
                : "None of the " + web.size() + " instances of this app is healthy at the moment.";
    }
}
