package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Spot;
import dev.slipway.platform.runtime.Node;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.SiteSettings;
import dev.slipway.platform.site.SiteState;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Moves instances off sites that are drained and off nodes that take no more, a few at a time: another one first, and the
 * old one ends when that is healthy. What has no room elsewhere stays.
 */
@ApplicationScoped
class Evacuation {
    private static final Logger LOG = Logger.getLogger(Evacuation.class);

    private final Runtimes runtimes;
    private final Capacity capacity;
    private final Instances instances;
    private final AppSettingsStore settings;
    private final InstancePlanner planner;
    private final Rebalance rebalance;
    private final Fence fence;
    private final SiteSettings config;
    private final Wakeup wakeup;

    Evacuation(
            Runtimes runtimes,
            Capacity capacity,
            Instances instances,
            AppSettingsStore settings,
            InstancePlanner planner,
            Rebalance rebalance,
            Fence fence,
            SiteSettings config,
            Wakeup wakeup) {
        this.runtimes = runtimes;
        this.capacity = capacity;
        this.instances = instances;
        this.settings = settings;
        this.planner = planner;
        this.rebalance = rebalance;
        this.fence = fence;
        this.config = config;
        this.wakeup = wakeup;
    }

    /** One round over all instances. */
    void round() {
        QuarkusTransaction.requiringNew().call(this::decide).forEach(wakeup::changed);
    }

    private Set<AppId> decide() {
        Set<AppId> changed = new HashSet<>();
        Set<Spot> closed = closed();
        if (closed.isEmpty() && !instances.anyLeaving()) {
            return changed;
        }
        fence.hold();
        List<Instance> all = instances.unended();
        Set<AppId> moving = new HashSet<>();
        for (Instance instance : all) {
            if (instance.leaving() && !closed.contains(spot(instance)) && !rebalance.keepsMoving(instance.id())) {
                instances.leaving(instance.id(), false);
                changed.add(instance.app());
                LOG.infof("instance may stay app=%s instance=%s", instance.app(), instance.id());
            } else if (instance.leaving()) {
                moving.add(instance.app());
            }
        }
        all.stream()
                .filter(instance -> closed.contains(spot(instance)) && !instance.leaving())
                .filter(instance -> instance.state() instanceof InstanceState.Healthy
                        || instance.state() instanceof InstanceState.Unhealthy)
                .sorted(Comparator.comparing(Instance::createdAt))
                .forEach(instance -> {
                    if (moving.size() < config.movesAtOnce() && !moving.contains(instance.app()) && hasRoom(instance)) {
                        instances.leaving(instance.id(), true);
                        moving.add(instance.app());
                        changed.add(instance.app());
                        LOG.infof(
                                "instance moves away app=%s instance=%s site=%s node=%s",
                                instance.app(), instance.id(), instance.site(), instance.node());
                    }
                });
        return changed;
    }

    private static Spot spot(Instance instance) {
        return new Spot(instance.site(), instance.node());
    }

    /** Every node of a drained site, and those of others that take no more instances. */
    private Set<Spot> closed() {
        Set<Spot> closed = new HashSet<>();
        for (Runtimes.At at : runtimes.all()) {
            SiteState state = at.site().state();
            if (!(state instanceof SiteState.Active) && !(state instanceof SiteState.Draining)) {
                continue;
            }
            String site = at.site().name().value();
            capacity.lastSeen(at).stream()
                    .filter(node -> state instanceof SiteState.Draining || !node.ready())
                    .map(Node::name)
                    .forEach(node -> closed.add(new Spot(site, node)));
        }
        return closed;
    }

    private boolean hasRoom(Instance instance) {
        Optional<AppSettings> app = settings.find(instance.app());
        return app.isPresent()
                && app.get().liveDeployment().equals(Optional.of(instance.deployment()))
                && planner.rehearse(
                                app.get(),
                                instance.deployment(),
                                List.of(new Desire.Slot(instance.process(), instance.slot())))
                        .refusals()
                        .isEmpty();
    }
}
