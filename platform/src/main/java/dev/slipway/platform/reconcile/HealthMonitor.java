package dev.slipway.platform.reconcile;

import dev.slipway.platform.health.Probe;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.site.Fence;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** Goes on asking instances that were healthy once; takes the traffic from those that fail, and replaces the hopeless. */
@ApplicationScoped
public class HealthMonitor {
    private static final Logger LOG = Logger.getLogger(HealthMonitor.class);

    private final Instances instances;
    private final LaunchSpecs specs;
    private final InstanceLauncher launcher;
    private final Wakeup wakeup;
    private final Fence fence;
    private final ReconcileSettings settings;
    private final ExecutorService work;
    private final Map<InstanceId, Integer> failures = new ConcurrentHashMap<>();

    HealthMonitor(
            Instances instances,
            LaunchSpecs specs,
            InstanceLauncher launcher,
            Wakeup wakeup,
            Fence fence,
            ReconcileSettings settings,
            ExecutorService work) {
        this.instances = instances;
        this.specs = specs;
        this.launcher = launcher;
        this.wakeup = wakeup;
        this.fence = fence;
        this.settings = settings;
        this.work = work;
    }

    /** Asks every instance with an address once, side by side, and returns when all have answered. */
    public void round() throws InterruptedException {
        List<Instance> running = QuarkusTransaction.requiringNew().call(() -> instances.unended()).stream()
                .filter(instance -> instance.state() instanceof InstanceState.Healthy
                        || instance.state() instanceof InstanceState.Unhealthy)
                .filter(instance -> instance.endpoint().isPresent())
                .toList();
        failures.keySet().retainAll(running.stream().map(Instance::id).toList());
        List<Future<?>> asked = new ArrayList<>();
        for (Instance instance : running) {
            asked.add(work.submit(() -> ask(instance)));
        }
        for (Future<?> future : asked) {
            try {
                future.get();
            } catch (ExecutionException e) {
                LOG.warnf("health check failed to run: %s", e.getCause());
            }
        }
    }

    private void ask(Instance instance) {
        Check check = specs.prepare(instance).check();
        Instance.Endpoint at = instance.endpoint().orElseThrow();
        switch (Probe.ask(check, at.host(), at.port())) {
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
