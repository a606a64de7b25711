package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.reconcile.AppReconciler;
import dev.slipway.platform.reconcile.Formation;
import dev.slipway.platform.reconcile.InstanceLauncher;
import dev.slipway.platform.reconcile.RoutePublisher;
import dev.slipway.platform.reconcile.Wakeup;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What a deployment's steps do to the world. Every act may be repeated. */
@ApplicationScoped
class DeploymentActs {
    private static final Logger LOG = Logger.getLogger(DeploymentActs.class);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final AppSettingsStore settings;
    private final Instances instances;
    private final Formation formation;
    private final InstanceLauncher launcher;
    private final AppReconciler reconciler;
    private final RoutePublisher routes;
    private final ReleasePhase releasePhase;
    private final Wakeup wakeup;
    private final ExecutorService work;
    private final Clock clock;

    DeploymentActs(
            AppSettingsStore settings,
            Instances instances,
            Formation formation,
            InstanceLauncher launcher,
            AppReconciler reconciler,
            RoutePublisher routes,
            ReleasePhase releasePhase,
            Wakeup wakeup,
            ExecutorService work,
            Clock clock) {
        this.settings = settings;
        this.instances = instances;
        this.formation = formation;
        this.launcher = launcher;
        this.reconciler = reconciler;
        this.routes = routes;
        this.releasePhase = releasePhase;
        this.wakeup = wakeup;
        this.work = work;
        this.clock = clock;
    }

    /** {@code web=2 (256 MB, 0.25 cpu)}. */
    String describe(Deployment deployment, Release release) {
        AppSettings app = settings.get(deployment.app());
        String types = release.processes().stream()
                .map(ProcessType::name)
                .filter(name -> app.wanted(name) > 0)
                .map(name -> name + "=" + app.wanted(name) + " ("
                        + app.limitsOf(name).text() + ")")
                .collect(Collectors.joining(" "));
        return types.isEmpty() ? "no instances wanted" : types;
    }

    /** How to begin a process type of a release of which none is wanted yet; empty when something runs. */
    Optional<String> nothingRuns(Deployment deployment, Release release) {
        AppSettings app = settings.get(deployment.app());
        List<String> types = release.processes().stream()
                .map(ProcessType::name)
                .filter(name -> !name.equals(ProcessType.RELEASE))
                .toList();
        boolean some = types.stream().anyMatch(name -> app.wanted(name) > 0);
        return some || types.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Nothing of it runs yet: ps:scale -a " + app.ref() + " " + types.getFirst() + "=1 begins it.");
    }

    /** Runs the release phase if the release has one; gives the reason when it failed. */
    Optional<String> releasePhase(Deployment deployment, Release release, Output out, BooleanSupplier abandoned)
            throws InterruptedException {
        Optional<ProcessType> phase = release.process(ProcessType.RELEASE);
        if (phase.isEmpty()) {
            return Optional.empty();
        }
        out.step("Release phase: " + String.join(" ", phase.get().command()));
        return releasePhase.run(settings.get(deployment.app()), release, phase.get(), out, abandoned);
    }

    /** Intends the instances and stores that it did; gives the reason when there is no quota or no room. */
    Optional<String> place(Deployment deployment, Release release, Output out) {
        return switch (formation.place(deployment, release)) {
            case Formation.Placed placed -> {
                if (!placed.instances().isEmpty()) {
                    out.step("Placing: " + where(placed.instances()));
                }
                yield Optional.empty();
            }
            case Formation.Refused refused -> Optional.of(refused.sentence());
        };
    }

    private static String where(List<Instance> placed) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        placed.forEach(instance -> counts.merge(
                instance.site() + (instance.node().equals(instance.site()) ? "" : " (node " + instance.node() + ")"),
                1,
                Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " in " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Launches the deployment's instances side by side and waits for their health; gives the first failure. */
    Optional<String> bringUp(Deployment deployment, Release release, Output out, BooleanSupplier abandoned)
            throws InterruptedException {
        return bringUp(of(deployment), out, abandoned);
    }

    /** Intends what is missing of the former release and brings it up; gives the reason when it does not come. */
    Optional<String> bringBack(Deployment deployment, Release former, Output out, BooleanSupplier abandoned)
            throws InterruptedException {
        return switch (formation.placeFormer(deployment, former)) {
            case Formation.Placed placed -> bringUp(placed.instances(), out, abandoned);
            case Formation.Refused refused -> Optional.of(refused.sentence());
        };
    }

    private Optional<String> bringUp(List<Instance> mine, Output out, BooleanSupplier abandoned)
            throws InterruptedException {
        Instant begun = clock.instant();
        AtomicBoolean given = new AtomicBoolean();
        BooleanSupplier stop = () -> given.get() || abandoned.getAsBoolean();
        Map<Instance, Future<InstanceLauncher.Outcome>> running = new LinkedHashMap<>();
        for (Instance instance : mine) {
            running.put(instance, work.submit(() -> launcher.bringUp(instance.id(), stop)));
        }
        List<String> failures = new ArrayList<>();
        for (Map.Entry<Instance, Future<InstanceLauncher.Outcome>> entry : running.entrySet()) {
            try {
                if (entry.getValue().get() instanceof InstanceLauncher.Outcome.Down down) {
                    failures.add(entry.getKey().name() + " " + down.reason());
                    given.set(true);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeUnavailableException away) {
                    given.set(true);
                    throw away;
                }
                failures.add(entry.getKey().name() + " could not be launched: " + e.getCause());
                given.set(true);
            }
        }
        if (!failures.isEmpty()) {
            return Optional.of(failures.getFirst());
        }
        if (!mine.isEmpty()) {
            String took = String.format(
                    Locale.ROOT,
                    "%.1f s",
                    Duration.between(begun, clock.instant()).toMillis() / 1000.0);
            out.step("Health: " + mine.size() + " of " + mine.size() + " pass " + formation.checks(mine) + " (" + took
                    + ")");
        }
        return Optional.empty();
    }

    /** Why an instance that the deployment wants has ended, if one has; also while nobody looked. */
    Optional<String> ended(Deployment deployment) {
        return QuarkusTransaction.requiringNew()
                .call(() -> instances.newestOf(deployment.app(), deployment.id().value()))
                .stream()
                .filter(instance -> instance.state().ended())
                .map(instance -> instance.name() + " " + instance.state().reason())
                .findFirst();
    }

    void publish(Deployment deployment) {
        routes.publish(deployment.app());
    }

    /**
     * Ends every instance of the app that is not this deployment's, and returns when they have ended.
     *
     * @param abandoned says when somebody wants something else first; the instances go on ending
     */
    void retireOthers(Deployment deployment, BooleanSupplier abandoned) throws InterruptedException {
        retire(
                instances.unended(deployment.app()).stream()
                        .filter(instance ->
                                !instance.deployment().equals(deployment.id().value()))
                        .toList(),
                "replaced by a newer release",
                abandoned);
    }

    /** Lets the requests of the deployment's instances end, and ends them. */
    void withdraw(Deployment deployment) throws InterruptedException {
        retire(of(deployment), "its deployment was cancelled", () -> false);
    }

    /** Ends every instance this deployment made; what a runtime that is away cannot end is left to the reconciler. */
    void undo(Deployment deployment) {
        for (Instance instance : of(deployment)) {
            try {
                launcher.stop(instance.id(), "its deployment was undone", Duration.ofSeconds(5));
            } catch (RuntimeUnavailableException e) {
                LOG.infof("stop is left for later instance=%s reason=%s", instance.id(), e.getMessage());
            }
        }
    }

    /** Lets the reconciler and a waiting deployment look at the app again. */
    void settled(Deployment deployment) {
        wakeup.changed(deployment.app());
    }

    private void retire(List<Instance> old, String reason, BooleanSupplier abandoned) throws InterruptedException {
        List<Future<?>> ending = new ArrayList<>();
        for (Instance instance : old) {
            ending.add(work.submit(() -> {
                reconciler.retire(instance, reason);
                return null;
            }));
        }
        for (Future<?> future : ending) {
            try {
                while (!ended(future)) {
                    if (abandoned.getAsBoolean()) {
                        return;
                    }
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeUnavailableException away) {
                    throw away;
                }
                throw new IllegalStateException("an old instance could not be ended: " + e.getCause(), e);
            }
        }
    }

    private static boolean ended(Future<?> future) throws InterruptedException, ExecutionException {
        try {
            future.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private List<Instance> of(Deployment deployment) {
        UUID id = deployment.id().value();
        return QuarkusTransaction.requiringNew().call(() -> instances.unended(deployment.app())).stream()
                .filter(instance -> instance.deployment().equals(id))
                .toList();
    }
}
