package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.site.Fence;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The instances a deployment or a wish to scale asks for, intended in one transaction or not at all. */
@ApplicationScoped
public class Formation {
    private final AppSettingsStore settings;
    private final Deployments deployments;
    private final Instances instances;
    private final InstancePlanner planner;
    private final LaunchSpecs specs;
    private final SlotQuota quota;
    private final Fence fence;

    Formation(
            AppSettingsStore settings,
            Deployments deployments,
            Instances instances,
            InstancePlanner planner,
            LaunchSpecs specs,
            SlotQuota quota,
            Fence fence) {
        this.settings = settings;
        this.deployments = deployments;
        this.instances = instances;
        this.planner = planner;
        this.specs = specs;
        this.quota = quota;
        this.fence = fence;
    }

    /** What became of a deployment's wish for instances. */
    public sealed interface Placing {}

    /** The rows are there. */
    public record Placed(List<Instance> instances) implements Placing {}

    /** Nothing was written. */
    public record Refused(String sentence) implements Placing {}

    /** Intends all instances of a deployment and moves it to {@code CHECKING}, in one transaction. */
    public Placing place(Deployment deployment, Release release) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                fence.hold();
                AppSettings app = settings.lock(deployment.app());
                if (!(deployments.lock(deployment.id()).state() instanceof DeploymentState.Placing placing)) {
                    return new Placed(List.of());
                }
                InstancePlanner.Plan plan =
                        planner.intend(app, release.id(), deployment.id().value(), Desire.slots(app, release));
                if (plan instanceof InstancePlanner.Plan.Refused refused) {
                    throw new NoRoom(refused.sentence());
                }
                deployments.become(deployment.id(), placing.placed());
                return new Placed(((InstancePlanner.Plan.Intended) plan).instances());
            });
        } catch (NoRoom refused) {
            return new Refused(refused.sentence);
        }
    }

    /**
     * Intends what is missing of a release that is to be live again, beside the instances that serve now.
     *
     * @param deployment a deployment that goes back
     */
    public Placing placeFormer(Deployment deployment, Release former) {
        UUID formerDeployment = deployment.previousDeployment().orElseThrow();
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                fence.hold();
                AppSettings app = settings.lock(deployment.app());
                if (!(deployments.lock(deployment.id()).state() instanceof DeploymentState.Returning)) {
                    return new Placed(List.of());
                }
                List<Desire.Slot> missing = missing(app, former, formerDeployment, Formation::mayServe);
                if (planner.intend(app, former.id(), formerDeployment, missing)
                        instanceof InstancePlanner.Plan.Refused refused) {
                    throw new NoRoom(refused.sentence());
                }
                return new Placed(instances.unended(app.id()).stream()
                        .filter(instance -> instance.deployment().equals(formerDeployment))
                        .filter(Formation::mayServe)
                        .toList());
            });
        } catch (NoRoom refused) {
            return new Refused(refused.sentence);
        }
    }

    /** Whether every slot of the release has a healthy instance of the deployment; joins the caller's transaction. */
    public boolean complete(AppSettings app, Release release, UUID deployment) {
        return missing(app, release, deployment, instance -> instance.state() instanceof InstanceState.Healthy)
                .isEmpty();
    }

    private List<Desire.Slot> missing(AppSettings app, Release release, UUID deployment, Predicate<Instance> counts) {
        List<Desire.Slot> missing = Desire.slots(app, release);
        instances.unended(app.id()).stream()
                .filter(instance -> instance.deployment().equals(deployment))
                .filter(counts)
                .forEach(instance -> missing.remove(new Desire.Slot(instance.process(), instance.slot())));
        return missing;
    }

    private static boolean mayServe(Instance instance) {
        return switch (instance.state()) {
            case InstanceState.Intended s -> true;
            case InstanceState.Launching s -> true;
            case InstanceState.Starting s -> true;
            case InstanceState.Healthy s -> true;
            default -> false;
        };
    }

    /**
     * Reserves the quota of every slot the app's settings ask for now, in the caller's transaction.
     *
     * @return why not, as a sentence; the caller then rolls its transaction back
     */
    public Optional<String> reserve(AppSettings app, Release release) {
        for (Desire.Slot slot : Desire.slots(app, release)) {
            Optional<String> refused = quota.reserve(app, slot, app.limitsOf(slot.process()));
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    /** Names the checks of some instances, each once. */
    public String checks(List<Instance> some) {
        return some.stream()
                .collect(Collectors.toMap(Instance::process, instance -> instance, (one, other) -> one))
                .values()
                .stream()
                .map(instance -> specs.prepare(instance).checks().start().text())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Carries a refusal out of the transaction, which is rolled back by it. */
    private static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String sentence;

        NoRoom(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }
    }
}
