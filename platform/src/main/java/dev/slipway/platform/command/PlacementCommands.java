package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.placement.Feasibility;
import dev.slipway.platform.placement.Policy;
import dev.slipway.platform.reconcile.Capacity;
import dev.slipway.platform.reconcile.Explanations;
import dev.slipway.platform.reconcile.Policies;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.Sites;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where an app's instances should be, why they are where they are, and what the loss of a site would mean. */
@ApplicationScoped
public class PlacementCommands {
    private final AppDoor door;
    private final Authorizer authorizer;
    private final Policies policies;
    private final Explanations explanations;
    private final Capacity capacity;
    private final Sites sites;

    PlacementCommands(
            AppDoor door,
            Authorizer authorizer,
            Policies policies,
            Explanations explanations,
            Capacity capacity,
            Sites sites) {
        this.door = door;
        this.authorizer = authorizer;
        this.policies = policies;
        this.explanations = explanations;
        this.capacity = capacity;
        this.sites = sites;
    }

    /** The options an app has; none means that it is packed anywhere. */
    public SortedMap<String, String> options(Principal principal, AppRef ref) {
        return policies.options(door.enter(principal, Permission.APP_VIEW, ref).id());
    }

    /**
     * Changes options; an empty value takes one away. They hold for what is placed from now on.
     *
     * @throws InvalidSettingException when one is wrong, or what they ask for together can never hold
     */
    public SortedMap<String, String> set(Principal principal, AppRef ref, Map<String, String> changes) {
        AppSettings app = door.enter(principal, Permission.APP_SCALE, ref);
        return door.change(app.id(), () -> {
            SortedMap<String, String> options = new TreeMap<>(policies.options(app.id()));
            changes.forEach((option, value) -> {
                if (value.isBlank()) {
                    options.remove(option);
                } else {
                    options.put(option, value.trim());
                }
            });
            Policy policy = parse(app, changes, options);
            int wanted = app.formation().values().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(1);
            Optional<String> objection = Feasibility.objection(policy, capacity.everyNode(), wanted);
            if (objection.isPresent()) {
                throw new InvalidSettingException(objection.get() + " Nothing was changed.");
            }
            policies.set(app, options);
            door.record(principal, "app.placement", ref, Map.of(AuditField.NAME, String.join(",", changes.keySet())));
            return options;
        });
    }

    private static Policy parse(AppSettings app, Map<String, String> changes, SortedMap<String, String> options) {
        SortedMap<String, String> all = new TreeMap<>(changes);
        all.putAll(options);
        try {
            Policies.parse(app.ref().tenant(), all);
            return Policies.parse(app.ref().tenant(), options);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    Objects.requireNonNullElse(e.getMessage(), "An option is wrong") + ". Nothing was changed.");
        }
    }

    /** Why each instance of an app is where it is, and why those that wait do. */
    public List<Explanations.Explained> explain(Principal principal, AppRef ref) {
        return explanations.explain(door.enter(principal, Permission.APP_VIEW, ref));
    }

    /** What would become of everything at a site were it gone; operators. */
    public Explanations.Simulated simulate(Principal principal, String without) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        SiteName name = SiteCommands.name(without);
        return QuarkusTransaction.requiringNew()
                .call(() -> explanations.simulate(sites.get(name).name().value()));
    }
}
