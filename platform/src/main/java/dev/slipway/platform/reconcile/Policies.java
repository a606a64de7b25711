package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Feasibility;
import dev.slipway.platform.placement.Offer;
import dev.slipway.platform.placement.Policy;
import dev.slipway.platform.placement.PolicyOptions;
import dev.slipway.platform.placement.Resident;
import dev.slipway.platform.placement.Spot;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps what each app wants of its placement. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class Policies {
    private final PlacementRepository repository;
    private final AppSettingsStore settings;
    private final Instances instances;

    Policies(PlacementRepository repository, AppSettingsStore settings, Instances instances) {
        this.repository = repository;
        this.settings = settings;
        this.instances = instances;
    }

    /** The options an app has, as they were written. */
    public SortedMap<String, String> options(AppId app) {
        return repository
                .findByIdOptional(app.value())
                .<SortedMap<String, String>>map(entity -> new TreeMap<>(entity.options))
                .orElseGet(TreeMap::new);
    }

    /** Replaces the options of an app; none of them means packing anywhere. */
    public void set(AppSettings app, SortedMap<String, String> options) {
        Optional<PlacementEntity> known = repository.findByIdOptional(app.id().value());
        if (options.isEmpty()) {
            known.ifPresent(repository::delete);
            return;
        }
        PlacementEntity entity = known.orElseGet(PlacementEntity::new);
        entity.appId = app.id().value();
        entity.tenantName = app.ref().tenant().value();
        entity.options = new TreeMap<>(options);
        entity.groupName = PolicyOptions.group(options).orElse(null);
        if (known.isEmpty()) {
            repository.persist(entity);
        }
    }

    /**
     * What each app needs that could hold with some nodes and could not with others, as sentences that begin with the
     * app. What it merely prefers does not count.
     */
    public List<String> objections(List<Offer> before, List<Offer> after) {
        Map<AppRef, String> known = objections(before);
        return objections(after).entrySet().stream()
                .filter(objection -> !known.containsKey(objection.getKey()))
                .map(objection -> objection.getKey() + ": " + objection.getValue())
                .toList();
    }

    private Map<AppRef, String> objections(List<Offer> nodes) {
        Map<AppRef, String> all = new LinkedHashMap<>();
        for (PlacementEntity entity : repository.list("order by tenantName, appId")) {
            settings.find(new AppId(entity.appId)).ifPresent(app -> {
                int wanted = app.formation().values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(1);
                Policy needs =
                        parse(app.ref().tenant(), entity.options).withPrefer().withStandby();
                Feasibility.objection(needs, nodes, wanted).ifPresent(sentence -> all.put(app.ref(), sentence));
            });
        }
        return all;
    }

    /** How important an app is, the higher the more. */
    int priority(AppId app) {
        return PolicyOptions.priority(options(app));
    }

    /** What an app wants. */
    public Policy of(AppSettings app) {
        return parse(app.ref().tenant(), options(app.id()));
    }

    /** The policy that options of an app of this tenant mean. */
    public static Policy parse(TenantName tenant, Map<String, String> options) {
        return options.isEmpty() ? Policy.PACK : PolicyOptions.parse(options, name -> tenant + "/" + name);
    }

    /** What an app's instances are counted by. */
    static String counted(AppSettings app) {
        return app.ref().toString();
    }

    /**
     * The instances that matter for placing more of an app: its own, those it must be apart from, and its group's. What
     * runs for another deployment of the app itself is about to go, and does not count as its like.
     */
    List<Resident> residents(AppSettings app, Policy policy, UUID deployment) {
        if (policy.equals(Policy.PACK)) {
            return List.of();
        }
        Map<UUID, AppSettings> others = new HashMap<>();
        settings.all().stream()
                .filter(other -> policy.apart().contains(counted(other)))
                .forEach(other -> others.put(other.id().value(), other));
        PolicyOptions.group(options(app.id()))
                .ifPresent(group -> repository
                        .list(
                                "tenantName = ?1 and groupName = ?2",
                                app.ref().tenant().value(),
                                group)
                        .forEach(member -> settings.find(new AppId(member.appId))
                                .ifPresent(other -> others.put(member.appId, other))));
        others.put(app.id().value(), app);
        List<Resident> residents = new ArrayList<>();
        for (AppSettings other : others.values()) {
            boolean own = other.id().equals(app.id());
            Policy theirs = own ? policy : of(other);
            for (Instances.Held held : instances.held(other.id())) {
                boolean like = !own || held.deployment().equals(deployment);
                residents.add(new Resident(
                        held.id().text(),
                        like ? counted(other) : counted(other) + " before",
                        new Spot(held.site(), held.node()),
                        held.cpuMillis(),
                        held.memoryBytes(),
                        0,
                        false,
                        theirs.together()));
            }
        }
        return residents;
    }
}
