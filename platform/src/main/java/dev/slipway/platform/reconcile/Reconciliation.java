package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.loop.Loop;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.site.Leadership;
import dev.slipway.platform.site.StaleLeaderException;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The loops that keep what runs as it should be: one over all apps, one over the runtime, one over their health. */
@ApplicationScoped
public class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class);
    private static final Duration MOVES_EVERY = Duration.ofSeconds(2);
    private static final Duration ONE_OFFS_EVERY = OneOffQuota.SILENCE.dividedBy(4);

    private final AppSettingsStore settings;
    private final Instances instances;
    private final AppReconciler reconciler;
    private final SiteLooks looks;
    private final DrillRound drills;
    private final DrillPlan drillPlan;
    private final Failover failover;
    private final Evacuation evacuation;
    private final Rebalance rebalance;
    private final HealthMonitor health;
    private final OneOffs oneOffs;
    private final RoutePublisher routes;
    private final Leadership leadership;
    private final Wakeup wakeup;
    private final ReconcileSettings config;
    private final Set<AppId> changed = ConcurrentHashMap.newKeySet();

    Reconciliation(
            AppSettingsStore settings,
            Instances instances,
            AppReconciler reconciler,
            SiteLooks looks,
            DrillRound drills,
            DrillPlan drillPlan,
            Failover failover,
            Evacuation evacuation,
            Rebalance rebalance,
            HealthMonitor health,
            OneOffs oneOffs,
            RoutePublisher routes,
            Leadership leadership,
            Wakeup wakeup,
            ReconcileSettings config) {
        this.settings = settings;
        this.instances = instances;
        this.reconciler = reconciler;
        this.looks = looks;
        this.drills = drills;
        this.drillPlan = drillPlan;
        this.failover = failover;
        this.evacuation = evacuation;
        this.rebalance = rebalance;
        this.health = health;
        this.oneOffs = oneOffs;
        this.routes = routes;
        this.leadership = leadership;
        this.wakeup = wakeup;
        this.config = config;
    }

    /** Starts the loops; whether they act depends on leading, whether routes are published does not. */
    public void start(Loops loops) {
        routes.publishAll();
        Loop apps = loops.start("apps", config.allAppsEvery(), this::allApps);
        Loop words = loops.start("changed apps", config.interval(), this::changedApps);
        wakeup.listen(app -> {
            changed.add(app);
            words.wake();
        });
        loops.start("sites", config.interval(), () -> looks.begin(leads()));
        loops.start("moves", MOVES_EVERY, () -> {
            if (leads()) {
                drillPlan.round();
                drills.round();
                failover.round();
                evacuation.round();
                rebalance.round();
            }
        });
        loops.start("one-offs", ONE_OFFS_EVERY, () -> {
            oneOffs.keepAlive();
            if (leads()) {
                oneOffs.reap();
            }
        });
        loops.start("health", config.checkEvery(), () -> {
            if (leads()) {
                health.round();
            }
        });
        apps.wake();
    }

    private boolean leads() {
        return leadership.epoch().isPresent();
    }

    private void allApps() {
        routes.publishAll();
        if (!leads()) {
            return;
        }
        Set<AppId> apps = QuarkusTransaction.requiringNew().call(() -> {
            Set<AppId> all = new HashSet<>();
            settings.all().stream()
                    .filter(app -> !app.stopped() && app.liveRelease().isPresent())
                    .forEach(app -> all.add(app.id()));
            instances.unended().forEach(instance -> all.add(instance.app()));
            return all;
        });
        apps.forEach(this::one);
    }

    private void changedApps() {
        for (AppId app : Set.copyOf(changed)) {
            changed.remove(app);
            if (leads()) {
                one(app);
            } else {
                routes.publish(app);
            }
        }
    }

    private void one(AppId app) {
        try {
            reconciler.reconcile(app);
        } catch (StaleLeaderException e) {
            LOG.debugf("left to the leader app=%s", app);
        } catch (RuntimeException e) {
            LOG.errorf(e, "reconciling failed app=%s", app);
        }
    }
}
