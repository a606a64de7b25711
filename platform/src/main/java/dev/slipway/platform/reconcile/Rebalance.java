package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Balance;
import dev.slipway.platform.placement.Placement;
import dev.slipway.platform.placement.Policy;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.SiteSettings;
import dev.slipway.platform.site.SiteState;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Moves instances to where their apps would rather have them, as after the return of a preferred site: one at a time, each
 * replaced before it ends, so many in an hour and no more, and only while all sites are in use and nothing else moves.
 */
@ApplicationScoped
public class Rebalance {
    private static final Logger LOG = Logger.getLogger(Rebalance.class);
    private static final Duration HOUR = Duration.ofHours(1);
    /** What found no room within this time stays where it is. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Runtimes runtimes;
    private final Instances instances;
    private final AppSettingsStore settings;
    private final Policies policies;
    private final InstancePlanner planner;
    private final Fence fence;
    private final SiteSettings config;
    private final Wakeup wakeup;
    private final Clock clock;
    private final Deque<Instant> spent = new ArrayDeque<>();
    private final Map<InstanceId, Instant> moving = new HashMap<>();

    Rebalance(
            Runtimes runtimes,
            Instances instances,
            AppSettingsStore settings,
            Policies policies,
            InstancePlanner planner,
            Fence fence,
            SiteSettings config,
            Wakeup wakeup,
            Clock clock) {
        this.runtimes = runtimes;
        this.instances = instances;
        this.settings = settings;
        this.policies = policies;
        this.planner = planner;
        this.fence = fence;
        this.config = config;
        this.wakeup = wakeup;
        this.clock = clock;
    }

    /** One round, within the budget of the settings. */
    void round() {
        round(config.rebalancePerHour());
    }

    /** One round; gives whether an instance began to move. */
    public synchronized boolean round(int perHour) {
        Instant now = clock.instant();
        spent.removeIf(at -> !at.isAfter(now.minus(HOUR)));
        if (spent.size() >= perHour || !allSitesAreInUse()) {
            return false;
        }
        Optional<Instance> chosen = QuarkusTransaction.requiringNew().call(this::choose);
        chosen.ifPresent(instance -> {
            spent.add(now);
            wakeup.changed(instance.app());
        });
        return chosen.isPresent();
    }

    /** Whether an instance goes on leaving though nothing drives it away. */
    synchronized boolean keepsMoving(InstanceId id) {
        Instant begun = moving.get(id);
        if (begun == null || clock.instant().isAfter(begun.plus(PATIENCE))) {
            moving.remove(id);
            return false;
        }
        return true;
    }

    private boolean allSitesAreInUse() {
        return runtimes.all().stream().allMatch(at -> at.site().state() instanceof SiteState.Active);
    }

    private Optional<Instance> choose() {
        fence.hold();
        if (instances.anyLeaving()) {
            return Optional.empty();
        }
        moving.clear();
        Map<AppId, List<Instance>> all = instances.unended().stream().collect(Collectors.groupingBy(Instance::app));
        for (Map.Entry<AppId, List<Instance>> entry : all.entrySet()) {
            Optional<AppSettings> app = settings.find(entry.getKey());
            if (app.isPresent() && isAtRest(app.get(), entry.getValue())) {
                Optional<Instance> found = misplaced(app.get(), entry.getValue());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Nothing of it starts, stops, ails or is of another deployment. */
    private static boolean isAtRest(AppSettings app, List<Instance> own) {
        return own.stream()
                .allMatch(instance -> instance.state() instanceof InstanceState.Healthy
                        && app.liveDeployment().equals(Optional.of(instance.deployment())));
    }

    private Optional<Instance> misplaced(AppSettings app, List<Instance> own) {
        Policy policy = policies.of(app);
        if (policy.equals(Policy.PACK)) {
            return Optional.empty();
        }
        for (Instance instance : own) {
            Map<String, Integer> others = new HashMap<>();
            own.stream()
                    .filter(other -> !other.id().equals(instance.id()))
                    .forEach(other -> others.merge(other.site(), 1, Integer::sum));
            Placement.Result anew = planner.rehearseWithout(app, instance);
            if (anew.refusals().isEmpty()) {
                String to = anew.assignments().getFirst().site();
                if (Balance.isBetter(policy, instance.site(), to, others)) {
                    instances.leaving(instance.id(), true);
                    moving.put(instance.id(), clock.instant());
                    LOG.infof(
                            "instance moves to where its app would rather have it app=%s instance=%s from=%s to=%s",
                            app.ref(), instance.id(), instance.site(), to);
                    return Optional.of(instance);
                }
            }
        }
        return Optional.empty();
    }
}
