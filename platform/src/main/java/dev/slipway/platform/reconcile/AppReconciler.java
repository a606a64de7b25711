package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.loop.Timer;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.StaleLeaderException;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** Makes what runs of one app into what should run of it, and keeps it so. */
@ApplicationScoped
public class AppReconciler {
    private static final Logger LOG = Logger.getLogger(AppReconciler.class);

    private static final String NOT_WANTED = "not wanted any more";

    private final AppSettingsStore settings;
    private final Releases releases;
    private final Deployments deployments;
    private final Instances instances;
    private final InstancePlanner planner;
    private final InstanceLauncher launcher;
    private final SlotQuota quota;
    private final RoutePublisher routes;
    private final Drain drain;
    private final Fence fence;
    private final ReconcileSettings config;
    private final ExecutorService work;
    private final Timer timer;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Set<InstanceId> retiring = ConcurrentHashMap.newKeySet();

    AppReconciler(
            AppSettingsStore settings,
            Releases releases,
            Deployments deployments,
            Instances instances,
            InstancePlanner planner,
            InstanceLauncher launcher,
            SlotQuota quota,
            RoutePublisher routes,
            Drain drain,
            Fence fence,
            ReconcileSettings config,
            ExecutorService work,
            Timer timer,
            Clock clock,
            Wakeup wakeup) {
        this.settings = settings;
        this.releases = releases;
        this.deployments = deployments;
        this.instances = instances;
        this.planner = planner;
        this.launcher = launcher;
        this.quota = quota;
        this.routes = routes;
        this.drain = drain;
        this.fence = fence;
        this.config = config;
        this.work = work;
        this.timer = timer;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    private record World(List<Instance> ofLive, List<Instance> surplus) {}

    /** One pass over one app. Returns quickly; launches and stops go on in threads of their own. */
    public void reconcile(AppId app) {
        World world = QuarkusTransaction.requiringNew().call(() -> decide(app));
        routes.publish(app);
        world.surplus().forEach(this::retireInBackground);
        world.ofLive().stream().filter(AppReconciler::onItsWay).forEach(this::bringUpInBackground);
    }

    private World decide(AppId id) {
        fence.hold();
        Optional<AppSettings> found = settings.lockIfThere(id);
        if (found.isEmpty()) {
            List<Instance> left = instances.unended(id);
            quota.releaseAllBut(id, List.of(), left);
            return new World(List.of(), left);
        }
        AppSettings app = found.get();
        List<UUID> inProgress = held(id);
        Optional<Release> live = live(app);
        Desire.Difference difference = Desire.compare(app, live, instances.unended(id), inProgress);
        if (live.isPresent()
                && app.liveDeployment().isPresent()
                && !difference.vacant().isEmpty()) {
            for (Desire.Slot slot : difference.vacant()) {
                // One by one: what finds no room must not keep the others from theirs.
                InstancePlanner.Plan plan = planner.intend(
                        app, live.get().id(), app.liveDeployment().get(), List.of(slot));
                if (plan instanceof InstancePlanner.Plan.Refused refused) {
                    LOG.warnf(
                            "instance waits app=%s process=%s reason=%s",
                            app.ref(), slot.process(), refused.sentence());
                }
            }
        }
        if (inProgress.isEmpty()) {
            quota.releaseAllBut(
                    id, live.map(release -> Desire.slots(app, release)).orElse(List.of()), instances.unended(id));
        }
        List<Instance> ofLive = instances.unended(id).stream()
                .filter(instance -> app.liveDeployment().equals(Optional.of(instance.deployment())))
                .filter(instance -> !inProgress.contains(instance.deployment()))
                .toList();
        return new World(ofLive, difference.surplus());
    }

    private Optional<Release> live(AppSettings app) {
        return app.liveRelease().flatMap(release -> releases.find(new ReleaseId(release)));
    }

    private List<UUID> held(AppId id) {
        return deployments.open(id).stream()
                .flatMap(deployment -> deployment.holds().stream())
                .toList();
    }

    private static boolean onItsWay(Instance instance) {
        return switch (instance.state()) {
            case InstanceState.Intended s -> true;
            case InstanceState.Launching s -> true;
            case InstanceState.Starting s -> true;
            default -> false;
        };
    }

    private void bringUpInBackground(Instance instance) {
        Duration wait = Duration.between(clock.instant(), instance.notBefore());
        if (wait.isPositive()) {
            timer.after(wait, () -> wakeup.changed(instance.app()));
            return;
        }
        if (launcher.inHand(instance.id())) {
            return;
        }
        work.execute(() -> guarded("bring up", instance, () -> {
            InstanceLauncher.Outcome outcome = launcher.bringUp(instance.id(), () -> false);
            if (outcome instanceof InstanceLauncher.Outcome.Down down) {
                LOG.infof(
                        "instance is not up app=%s instance=%s reason=%s",
                        instance.app(), instance.id(), down.reason());
            }
            if (!(outcome instanceof InstanceLauncher.Outcome.InOtherHands)) {
                wakeup.changed(instance.app());
            }
        }));
    }

    private void retireInBackground(Instance instance) {
        work.execute(() -> guarded("retire", instance, () -> {
            if (QuarkusTransaction.requiringNew().call(() -> announceUnwanted(instance))) {
                retire(instance, NOT_WANTED);
            }
        }));
    }

    /** Looks again under the app's lock: a deployment may have taken the instance for its own since it was surplus. */
    private boolean announceUnwanted(Instance instance) {
        fence.hold();
        Optional<AppSettings> app = settings.lockIfThere(instance.app());
        boolean unwanted = app.map(
                        found -> Desire.compare(found, live(found), instances.unended(found.id()), held(found.id()))
                                .surplus())
                .map(surplus -> surplus.stream().anyMatch(one -> one.id().equals(instance.id())))
                .orElse(true);
        if (unwanted) {
            instances.move(
                    instance.id(),
                    state -> state instanceof InstanceState.Live alive
                            ? Optional.of(alive.stop(NOT_WANTED))
                            : Optional.empty());
        }
        return unwanted;
    }

    /** Takes an instance out of the routes, lets its requests end and stops it. Returns when it has ended. */
    public void retire(Instance instance, String reason) throws InterruptedException {
        if (!retiring.add(instance.id())) {
            return;
        }
        try {
            // Out of the routes first: what is announced to stop is no backend any more.
            launcher.announceStop(instance.id(), reason);
            routes.publish(instance.app());
            if (instance.state() instanceof InstanceState.Healthy
                    || instance.state() instanceof InstanceState.Unhealthy) {
                drain.await(instance.id(), config.drain());
            }
            launcher.stop(instance.id(), reason, config.grace());
        } finally {
            retiring.remove(instance.id());
        }
    }

    private interface Act {
        void run() throws InterruptedException;
    }

    private void guarded(String what, Instance instance, Act act) {
        try {
            act.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StaleLeaderException | RuntimeUnavailableException e) {
            LOG.infof("%s is left for later instance=%s reason=%s", what, instance.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s failed instance=%s app=%s", what, instance.id(), instance.app());
        }
    }
}
