package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Placement;
import dev.slipway.platform.proxy.AppTotals;
import dev.slipway.platform.proxy.ProxyMetrics;
import dev.slipway.platform.site.Drill;
import dev.slipway.platform.site.Drills;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.SiteSettings;
import dev.slipway.platform.site.SiteState;
import dev.slipway.platform.site.Sites;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Carries a drill on: looks how far the loss is, what has moved, and ends it when nothing more can. */
@ApplicationScoped
public class DrillRound {
    private static final Logger LOG = Logger.getLogger(DrillRound.class);
    private static final int SERVER_ERRORS = 4;

    private final Drills drills;
    private final Sites sites;
    private final Instances instances;
    private final AppSettingsStore settings;
    private final InstancePlanner planner;
    private final ProxyMetrics proxy;
    private final RoutePublisher routes;
    private final Fence fence;
    private final SiteSettings config;
    private final Wakeup wakeup;
    private final Clock clock;

    DrillRound(
            Drills drills,
            Sites sites,
            Instances instances,
            AppSettingsStore settings,
            InstancePlanner planner,
            ProxyMetrics proxy,
            RoutePublisher routes,
            Fence fence,
            SiteSettings config,
            Wakeup wakeup,
            Clock clock) {
        this.drills = drills;
        this.sites = sites;
        this.instances = instances;
        this.settings = settings;
        this.planner = planner;
        this.proxy = proxy;
        this.routes = routes;
        this.fence = fence;
        this.config = config;
        this.wakeup = wakeup;
        this.clock = clock;
    }

    /** Begins a drill of a site; joins the caller's transaction. */
    public Drill begin(SiteName site, String by) {
        List<Drill.Place> places = new ArrayList<>();
        for (Instance instance : instances.unended()) {
            if (instance.site().equals(site.value()) && instance.state() instanceof InstanceState.Healthy) {
                settings.find(instance.app())
                        .ifPresent(app -> places.add(new Drill.Place(
                                app.id().value(),
                                app.ref() + " " + instance.name(),
                                instance.process(),
                                instance.slot())));
            }
        }
        return drills.begin(site, by, places, failures(places));
    }

    /** Requests to the apps of these places that were answered with an error of the server's since this process began. */
    private long failures(List<Drill.Place> places) {
        Set<String> apps =
                places.stream().map(place -> place.what().split(" ")[0]).collect(Collectors.toSet());
        return apps.stream()
                .map(proxy.totals()::get)
                .filter(totals -> totals != null)
                .map(AppTotals::byStatusClass)
                .mapToLong(classes -> classes.get(SERVER_ERRORS))
                .sum();
    }

    /** One round, of the drill that runs. */
    void round() {
        QuarkusTransaction.requiringNew()
                .call(() -> drills.running().filter(this::carryOn))
                .ifPresent(this::tell);
    }

    /**
     * The traffic first: this process's proxy sends no request to the site any more that something elsewhere can take, when
     * this returns; others follow as they hear of it. To be called after the begin has been committed.
     */
    public void begun(Drill drill) {
        drill.places().stream().map(place -> new AppId(place.app())).distinct().forEach(routes::publish);
        QuarkusTransaction.requiringNew().run(() -> drills.away(drill.id()));
        tell(drill);
    }

    /** Has the routes of everything that takes part read anew; to be called after the change has been committed. */
    public void tell(Drill drill) {
        drill.places().stream().map(place -> new AppId(place.app())).distinct().forEach(wakeup::changed);
    }

    /** Gives whether it has ended. */
    private boolean carryOn(Drill drill) {
        fence.hold();
        Optional<Site> site = sites.find(drill.site());
        if (site.isEmpty()) {
            return end(drill, Drill.State.ABORTED);
        }
        drills.seen(drill.id(), site.get().state());
        List<Instance> all = instances.unended();
        int moved = 0;
        List<String> waiting = new ArrayList<>();
        for (Drill.Place place : drill.places()) {
            if (all.stream().anyMatch(one -> isElsewhere(one, place, drill.site()))) {
                moved++;
            } else if (site.get().state() instanceof SiteState.Lost) {
                refusal(place).ifPresent(why -> waiting.add(place.what() + ": it " + why));
            }
        }
        drills.measured(drill.id(), moved, waiting, Math.max(0, failures(drill.places()) - drill.failedBefore()));
        if (site.get().state() instanceof SiteState.Lost
                && moved + waiting.size() == drill.places().size()) {
            return end(drill, Drill.State.DONE);
        }
        if (!clock.instant().isBefore(drill.begunAt().plus(config.longestDrill()))) {
            return end(drill, Drill.State.TIMED_OUT);
        }
        return false;
    }

    private static boolean isElsewhere(Instance one, Drill.Place place, SiteName site) {
        return one.state() instanceof InstanceState.Healthy
                && !one.site().equals(site.value())
                && one.app().value().equals(place.app())
                && one.process().equals(place.process())
                && one.slot() == place.slot();
    }

    /** Why a place would find no room; empty when it would, or is wanted no more. */
    private Optional<String> refusal(Drill.Place place) {
        Optional<AppSettings> app = settings.find(new AppId(place.app()));
        if (app.isEmpty() || app.get().liveDeployment().isEmpty()) {
            return Optional.of("is not wanted any more");
        }
        return planner
                .rehearse(
                        app.get(),
                        app.get().liveDeployment().get(),
                        List.of(new Desire.Slot(place.process(), place.slot())))
                .refusals()
                .stream()
                .findFirst()
                .map(Placement.Refusal::reason);
    }

    private boolean end(Drill drill, Drill.State how) {
        Optional<Drill> ended = drills.end(drill.id(), how);
        ended.ifPresent(over -> LOG.infof(
                "drill ended site=%s state=%s moved=%d of=%d",
                over.site(), how, over.moved(), over.places().size()));
        return ended.isPresent();
    }
}
