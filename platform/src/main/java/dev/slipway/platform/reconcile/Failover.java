package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.SiteSettings;
import dev.slipway.platform.site.SiteState;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Gives up the instances of lost sites, a bounded number at a time and the most important apps first, so that others take
 * their places where there is room. What has no room elsewhere stays what it is: it may still run.
 */
@ApplicationScoped
class Failover {
    private static final Logger LOG = Logger.getLogger(Failover.class);

    private final Runtimes runtimes;
    private final Instances instances;
    private final AppSettingsStore settings;
    private final Policies policies;
    private final InstancePlanner planner;
    private final Fence fence;
    private final SiteSettings config;
    private final Wakeup wakeup;

    Failover(
            Runtimes runtimes,
            Instances instances,
            AppSettingsStore settings,
            Policies policies,
            InstancePlanner planner,
            Fence fence,
            SiteSettings config,
            Wakeup wakeup) {
        this.runtimes = runtimes;
        this.instances = instances;
        this.settings = settings;
        this.policies = policies;
        this.planner = planner;
        this.fence = fence;
        this.config = config;
        this.wakeup = wakeup;
    }

    /** One round over all lost sites. */
    void round() {
        for (Runtimes.At at : runtimes.all()) {
            if (at.site().state() instanceof SiteState.Lost) {
                Set<AppId> changed = QuarkusTransaction.requiringNew()
                        .call(() -> giveUp(at.site().name().value()));
                changed.forEach(wakeup::changed);
            }
        }
    }

    private Set<AppId> giveUp(String site) {
        fence.hold();
        List<Instance> all = instances.unended();
        // Only those: an app that never gets well elsewhere starts again and again, and nobody is to wait for that.
        long coming = instances.replacing(site);
        Map<AppId, Optional<AppSettings>> apps = new HashMap<>();
        Map<AppId, Integer> priorities = new HashMap<>();
        List<Instance> there = all.stream()
                .filter(instance -> instance.site().equals(site) && instance.state() instanceof InstanceState.Live)
                .sorted(Comparator.comparing(
                                (Instance instance) -> -priorities.computeIfAbsent(instance.app(), policies::priority))
                        .thenComparing(Instance::createdAt))
                .toList();
        Set<AppId> changed = new HashSet<>();
        for (Instance instance : there) {
            if (coming + changed.size() >= config.failoverAtOnce()) {
                break;
            }
            Optional<AppSettings> app = apps.computeIfAbsent(instance.app(), settings::find);
            // One of an app in a round, so that each is placed knowing where the one before went.
            if (app.isPresent() && !changed.contains(instance.app()) && hasRoom(app.get(), instance)) {
                instances.move(
                        instance.id(),
                        state -> state instanceof InstanceState.Live live
                                ? Optional.of(live.lose("its site " + site + " is lost"))
                                : Optional.empty());
                changed.add(instance.app());
                LOG.infof("instance is given up app=%s instance=%s site=%s", instance.app(), instance.id(), site);
            }
        }
        return changed;
    }

    private boolean hasRoom(AppSettings app, Instance instance) {
        return planner.rehearse(
                        app, instance.deployment(), List.of(new Desire.Slot(instance.process(), instance.slot())))
                .refusals()
                .isEmpty();
    }
}
