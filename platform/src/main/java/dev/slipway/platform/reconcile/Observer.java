package dev.slipway.platform.reconcile;

import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeEvent;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.SiteSettings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** Compares what the runtime has with what the rows say, in both directions, and writes down what it finds. */
@ApplicationScoped
public class Observer {
    private static final Logger LOG = Logger.getLogger(Observer.class);
    private static final int KEPT_PER_SLOT = 2;

    private final Instances instances;
    private final InstanceLauncher launcher;
    private final OneOffs oneOffs;
    private final Wakeup wakeup;
    private final Fence fence;
    private final ReconcileSettings settings;
    private final SiteSettings sites;
    private final ExecutorService work;
    private final Clock clock;
    private final Set<InstanceId> ending = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<InstanceId>> suspects = new ConcurrentHashMap<>();

    Observer(
            Instances instances,
            InstanceLauncher launcher,
            OneOffs oneOffs,
            Wakeup wakeup,
            Fence fence,
            ReconcileSettings settings,
            SiteSettings sites,
            ExecutorService work,
            Clock clock) {
        this.instances = instances;
        this.launcher = launcher;
        this.oneOffs = oneOffs;
        this.wakeup = wakeup;
        this.fence = fence;
        this.settings = settings;
        this.sites = sites;
        this.work = work;
        this.clock = clock;
    }

    /** Takes one event of a runtime; what it says is written at once. */
    public void event(RuntimeEvent event) {
        if (event instanceof RuntimeEvent.Exited exited) {
            ended(exited.id(), ExitReason.of(exited.code(), exited.oomKilled(), exited.lastLines()));
        }
    }

    /**
     * One look at everything a site has; one site must not be looked at twice at once.
     *
     * @return whether something runs there that was replaced meanwhile; it is being ended
     * @throws dev.slipway.platform.runtime.RuntimeUnavailableException when the site does not answer; nothing there is
     *     judged then
     */
    public boolean look(Runtimes.At at) {
        String site = at.site().name().value();
        List<Instance> unended = QuarkusTransaction.requiringNew().call(() -> instances.unended()).stream()
                .filter(instance -> instance.site().equals(site))
                .toList();
        List<Observed> seen = at.runtime().observe();
        Map<InstanceId, Observed.State> states = new HashMap<>();
        seen.forEach(observed -> states.put(observed.id(), observed.state()));
        Set<InstanceId> missing = new HashSet<>();
        for (Instance instance : unended) {
            compare(at.runtime(), instance, Optional.ofNullable(states.remove(instance.id())), missing);
        }
        suspects.put(site, missing);
        List<Instance> kept = QuarkusTransaction.requiringNew().call(() -> instances.kept()).stream()
                .filter(instance -> instance.site().equals(site))
                .toList();
        boolean doubles = tidy(at.runtime(), kept, states);
        states.keySet().forEach(id -> removeOrphan(at.runtime(), id));
        return doubles;
    }

    private void compare(Runtime runtime, Instance instance, Optional<Observed.State> seen, Set<InstanceId> missing) {
        if (seen.isPresent()
                && seen.get() instanceof Observed.State.Running running
                && running.boostedTooLong(settings.boost(), clock.instant())) {
            runtime.settle(instance.id());
        }
        if (seen.isPresent()
                && seen.get() instanceof Observed.State.Silent away
                && !clock.instant().isBefore(away.since().plus(sites.nodeLostAfter()))) {
            lost(instance.id(), "its node " + instance.node() + " does not answer");
            return;
        }
        boolean began = !(instance.state() instanceof InstanceState.Intended);
        if (seen.isPresent() && seen.get() instanceof Observed.State.Exited exited) {
            if (instance.state() instanceof InstanceState.Stopping) {
                launcher.stop(instance.id(), instance.state().reason(), settings.grace());
            } else {
                ended(instance.id(), ExitReason.of(exited.code(), exited.oomKilled(), exited.lastLines()));
            }
        } else if (seen.isEmpty() && began && !(instance.state() instanceof InstanceState.Launching)) {
            // Twice in a row, since the row may be newer than the look at the runtime.
            if (suspects.getOrDefault(instance.site(), Set.of()).contains(instance.id())) {
                lost(instance.id(), "its container is gone, and Slipway did not remove it");
            } else {
                missing.add(instance.id());
            }
        }
    }

    private void ended(InstanceId id, String reason) {
        write(id, state -> switch (state) {
            case InstanceState.Stopping stopping -> Optional.empty();
            case InstanceState.Live live -> Optional.of(live.fail(reason));
            default -> Optional.empty();
        });
    }

    private void lost(InstanceId id, String reason) {
        write(id, state -> switch (state) {
            case InstanceState.Stopping stopping -> Optional.of(stopping.stopped());
            case InstanceState.Live live -> Optional.of(live.lose(reason));
            default -> Optional.empty();
        });
    }

    private void write(InstanceId id, java.util.function.Function<InstanceState, Optional<InstanceState>> move) {
        QuarkusTransaction.requiringNew()
                .call(() -> {
                    fence.hold();
                    return instances.move(id, move);
                })
                .ifPresent(instance -> {
                    LOG.infof(
                            "instance ended app=%s instance=%s state=%s reason=%s",
                            instance.app(),
                            id,
                            instance.state().code(),
                            instance.state().reason());
                    wakeup.changed(instance.app());
                });
    }

    /** Removes the containers of instances that ended long ago, or of which newer ones are kept. */
    private boolean tidy(Runtime runtime, List<Instance> kept, Map<InstanceId, Observed.State> states) {
        boolean doubles = false;
        Map<String, Integer> perSlot = new HashMap<>();
        Instant oldest = clock.instant().minus(settings.keepEnded());
        for (Instance instance : kept) {
            String slot = instance.app() + "/" + instance.name();
            int newer = perSlot.merge(slot, 1, Integer::sum);
            Observed.State state = states.remove(instance.id());
            if (state instanceof Observed.State.Running) {
                // Given up while its site or node was silent, and replaced: the row says that it has ended, so it must.
                doubles = true;
                end(runtime, instance);
                continue;
            }
            if (state instanceof Observed.State.Silent) {
                continue;
            }
            if (state == null || newer > KEPT_PER_SLOT || instance.stateSince().isBefore(oldest)) {
                runtime.remove(instance.id());
                QuarkusTransaction.requiringNew().run(() -> instances.removed(instance.id()));
            }
        }
        return doubles;
    }

    private void end(Runtime runtime, Instance instance) {
        if (!ending.add(instance.id())) {
            return;
        }
        LOG.infof("ending an instance that was replaced meanwhile instance=%s", instance.id());
        work.execute(() -> {
            try {
                runtime.stop(instance.id(), settings.grace());
            } catch (RuntimeUnavailableException e) {
                LOG.infof("ending is left for later instance=%s reason=%s", instance.id(), e.getMessage());
            } finally {
                ending.remove(instance.id());
            }
        });
    }

    private void removeOrphan(Runtime runtime, InstanceId id) {
        if (oneOffs.known(id)) {
            return;
        }
        boolean hasRow =
                QuarkusTransaction.requiringNew().call(() -> instances.find(id).isPresent());
        if (!hasRow) {
            LOG.infof("removing a container without a row instance=%s", id);
            runtime.remove(id);
        }
    }
}
