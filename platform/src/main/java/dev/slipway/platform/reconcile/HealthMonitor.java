package dev.slipway.platform.reconcile;

import dev.slipway.platform.health.Probe;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.StaleLeaderException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** Goes on asking instances that were healthy once; takes the traffic from those that fail, and replaces the hopeless. */
@ApplicationScoped
public class HealthMonitor {
    private static final Logger LOG = Logger.getLogger(HealthMonitor.class);

    private final Instances instances;
    private final LaunchSpecs specs;
    private final Probe probe;
    private final Runtimes runtimes;
    private final InstanceLauncher launcher;
    private final Wakeup wakeup;
    private final Fence fence;
    private final ReconcileSettings settings;
    private final ExecutorService work;
    private final Map<InstanceId, Integer> failures = new ConcurrentHashMap<>();
    private final Set<InstanceId> asking = ConcurrentHashMap.newKeySet();

    HealthMonitor(
            Instances instances,
            LaunchSpecs specs,
            Probe probe,
            Runtimes runtimes,
            InstanceLauncher launcher,
            Wakeup wakeup,
            Fence fence,
            ReconcileSettings settings,
            ExecutorService work) {
        this.instances = instances;
        this.specs = specs;
        this.probe = probe;
        this.runtimes = runtimes;
        this.launcher = launcher;
        this.wakeup = wakeup;
        this.fence = fence;
        this.settings = settings;
        this.work = work;
    }

    /** Asks every instance that is up, side by side. One that has not answered the last time is not asked again. */
    public void round() {
        List<Instance> running = QuarkusTransaction.requiringNew().call(() -> instances.unended()).stream()
                .filter(instance -> instance.state() instanceof InstanceState.Healthy
                        || instance.state() instanceof InstanceState.Unhealthy)
                // Nothing is ended because its site is silent: that is judged for the site as a whole.
                .filter(instance -> runtimes.find(instance.site())
                        .map(at -> at.site().state().answers())
                        .orElse(false))
                .toList();
        failures.keySet().retainAll(running.stream().map(Instance::id).toList());
        for (Instance instance : running) {
            if (asking.add(instance.id())) {
                work.execute(() -> guarded(instance));
            }
        }
    }

    private void guarded(Instance instance) {
        try {
            ask(instance);
        } catch (StaleLeaderException | RuntimeUnavailableException e) {
            LOG.infof("health is left for later instance=%s reason=%s", instance.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "health check failed to run instance=%s app=%s", instance.id(), instance.app());
        } finally {
            asking.remove(instance.id());
        }
    }

    private void ask(Instance instance) {
        switch (probe.ask(specs.prepare(instance).checks().running(), instance)) {
            case Probe.Answer.Passed passed -> {
                failures.remove(instance.id());
                if (instance.state() instanceof InstanceState.Unhealthy) {
                    move(
                            instance,
                            state -> state instanceof InstanceState.Unhealthy unhealthy
                                    ? Optional.of(unhealthy.healthy())
                                    : Optional.empty());
                }
            }
            case Probe.Answer.NotPassed notPassed -> failed(instance, notPassed.reason());
            case Probe.Answer.NotAsked notAsked ->
                LOG.debugf("not asked instance=%s reason=%s", instance.id(), notAsked.reason());
        }
    }

    private void failed(Instance instance, String reason) {
        int inARow = failures.merge(instance.id(), 1, Integer::sum);
        if (inARow == settings.failures()) {
            move(
                    instance,
                    state -> state instanceof InstanceState.Healthy healthy
                            ? Optional.of(healthy.unhealthy(reason))
                            : Optional.empty());
        } else if (inARow >= 2 * settings.failures()) {
            failures.remove(instance.id());
            launcher.stop(instance.id(), "replaced: " + reason, Duration.ofSeconds(5));
            wakeup.changed(instance.app());
        }
    }

    private void move(
            Instance instance, java.util.function.Function<InstanceState, Optional<InstanceState>> transition) {
        QuarkusTransaction.requiringNew()
                .call(() -> {
                    fence.hold();
                    return instances.move(instance.id(), transition);
                })
                .ifPresent(moved -> {
                    LOG.infof(
                            "health changed app=%s instance=%s state=%s reason=%s",
                            moved.app(),
                            moved.id(),
                            moved.state().code(),
                            moved.state().reason());
                    wakeup.changed(moved.app());
                });
    }
}
