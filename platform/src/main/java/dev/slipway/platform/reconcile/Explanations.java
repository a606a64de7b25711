package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Demand;
import dev.slipway.platform.placement.Offer;
import dev.slipway.platform.placement.Placement;
import dev.slipway.platform.placement.Policy;
import dev.slipway.platform.placement.Resident;
import dev.slipway.platform.placement.Spot;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.tenancy.identity.AppId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Says why instances are where they are or wait, and what would become of them were a site gone. Changes nothing. */
@ApplicationScoped
@Transactional
public class Explanations {
    private final Instances instances;
    private final InstancePlanner planner;
    private final Capacity capacity;
    private final Policies policies;
    private final AppSettingsStore settings;
    private final Releases releases;
    private final Deployments deployments;

    Explanations(
            Instances instances,
            InstancePlanner planner,
            Capacity capacity,
            Policies policies,
            AppSettingsStore settings,
            Releases releases,
            Deployments deployments) {
        this.instances = instances;
        this.planner = planner;
        this.capacity = capacity;
        this.policies = policies;
        this.settings = settings;
        this.releases = releases;
        this.deployments = deployments;
    }

    /**
     * One instance, or one place of the formation without any.
     *
     * @param where site and node, empty while it waits
     */
    public record Explained(String instance, String where, String why) {}

    /**
     * What would become of the instances at a site.
     *
     * @param moved how many would find room, by site
     * @param waiting which would not, and why
     */
    public record Simulated(String without, int instances, SortedMap<String, Integer> moved, List<Waiting> waiting) {
        /** An instance without room. */
        public record Waiting(String app, String instance, String why) {}
    }

    /** Every instance of an app, and what it lacks. */
    public List<Explained> explain(AppSettings app) {
        Policy policy = policies.of(app);
        List<Explained> all = new ArrayList<>();
        List<Offer> offers = capacity.offers();
        for (Instances.Held held : instances.held(app.id())) {
            Demand demand = demand(app, held, policy);
            List<Resident> others = policies.residents(app, policy, held.deployment()).stream()
                    .filter(resident -> !resident.id().equals(held.id().text()))
                    .toList();
            Placement.Result again = Placement.place(List.of(demand), without(offers, held), others);
            all.add(new Explained(held.name(), held.site() + "/" + held.node(), why(held, again)));
        }
        vacant(app)
                .forEach(slot -> planner.rehearse(app, app.liveDeployment().orElseThrow(), List.of(slot))
                        .refusals()
                        .forEach(refusal ->
                                all.add(new Explained(refusal.demand().name(), "", "waits: it " + refusal.reason()))));
        return all;
    }

    private static String why(Instances.Held held, Placement.Result again) {
        if (!again.refusals().isEmpty()) {
            return "stays where it was placed; placed anew it would wait: it "
                    + again.refusals().getFirst().reason();
        }
        Placement.Assignment now = again.assignments().getFirst();
        Spot spot = new Spot(now.site(), now.node());
        return spot.equals(new Spot(held.site(), held.node()))
                ? "of the nodes that its policy puts first, it fills this one most"
                : "stays where it was placed; placed anew it would go to " + spot;
    }

    private List<Desire.Slot> vacant(AppSettings app) {
        Optional<Release> live = app.liveRelease().flatMap(release -> releases.find(new ReleaseId(release)));
        if (live.isEmpty() || app.liveDeployment().isEmpty()) {
            return List.of();
        }
        List<UUID> inProgress = deployments.open(app.id()).stream()
                .filter(deployment -> !(deployment.state() instanceof DeploymentState.Draining))
                .map(deployment -> deployment.id().value())
                .toList();
        return Desire.compare(app, live, instances.unended(app.id()), inProgress)
                .vacant();
    }

    /** The offers with the room of one instance given back. */
    private static List<Offer> without(List<Offer> offers, Instances.Held held) {
        Spot spot = new Spot(held.site(), held.node());
        return offers.stream()
                .map(offer -> offer.spot().equals(spot) ? offer.plus(held.cpuMillis(), held.memoryBytes()) : offer)
                .toList();
    }

    private static Demand demand(AppSettings app, Instances.Held held, Policy policy) {
        return new Demand(held.name(), Policies.counted(app), held.cpuMillis(), held.memoryBytes(), policy);
    }

    /** Places everything that runs at a site on the others. */
    public Simulated simulate(String site) {
        List<Instances.Held> there = instances.heldAt(site);
        Map<AppId, Policy> wanted = new HashMap<>();
        List<Demand> demands = new ArrayList<>();
        List<Resident> residents = new ArrayList<>();
        for (Instances.Held held : there) {
            Optional<AppSettings> app = settings.find(held.app());
            if (app.isEmpty()) {
                continue;
            }
            Policy policy = wanted.get(held.app());
            if (policy == null) {
                policy = policies.of(app.get());
                wanted.put(held.app(), policy);
                policies.residents(app.get(), policy, held.deployment()).stream()
                        .filter(resident -> !resident.at().site().equals(site))
                        .forEach(residents::add);
            }
            demands.add(demand(app.get(), held, policy));
        }
        List<Offer> offers = capacity.offers().stream()
                .filter(offer -> !offer.site().equals(site))
                .toList();
        Placement.Result result =
                Placement.place(demands, offers, residents.stream().distinct().toList());
        SortedMap<String, Integer> moved = new TreeMap<>();
        result.assignments().forEach(assignment -> moved.merge(assignment.site(), 1, Integer::sum));
        return new Simulated(
                site,
                demands.size(),
                moved,
                result.refusals().stream()
                        .map(refusal -> new Simulated.Waiting(
                                refusal.demand().app(), refusal.demand().name(), refusal.reason()))
                        .toList());
    }
}
