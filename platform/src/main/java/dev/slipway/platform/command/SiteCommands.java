package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.placement.Offer;
import dev.slipway.platform.reconcile.Capacity;
import dev.slipway.platform.reconcile.Policies;
import dev.slipway.platform.runtime.Membership;
import dev.slipway.platform.runtime.Node;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteEvent;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.Sites;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.NotPossibleException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sites and their nodes, for operators. */
@ApplicationScoped
public class SiteCommands {
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9_.-]{0,62}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.:/-]{1,63}");

    private final Authorizer authorizer;
    private final Sites sites;
    private final Runtimes runtimes;
    private final Capacity capacity;
    private final Policies policies;
    private final AuditLog audit;

    SiteCommands(
            Authorizer authorizer,
            Sites sites,
            Runtimes runtimes,
            Capacity capacity,
            Policies policies,
            AuditLog audit) {
        this.authorizer = authorizer;
        this.sites = sites;
        this.runtimes = runtimes;
        this.capacity = capacity;
        this.policies = policies;
        this.audit = audit;
    }

    /**
     * A site.
     *
     * @param says what its runtime says it is, or what keeps it from being used; empty in a list
     * @param aside how many things run there that belong to nothing known here; see {@link SiteRecovery}
     * @param paste commands that make the site's machines known to it, one for each; shown once, when it joins
     */
    public record SiteFacts(
            String site,
            String kind,
            String address,
            String state,
            Instant since,
            int nodes,
            int instances,
            SortedMap<String, String> attributes,
            String says,
            int aside,
            List<String> paste) {
        SiteFacts with(String said, int left) {
            return new SiteFacts(site, kind, address, state, since, nodes, instances, attributes, said, left, paste);
        }

        SiteFacts withPaste(List<String> commands) {
            return new SiteFacts(
                    site, kind, address, state, since, nodes, instances, attributes, says, aside, commands);
        }
    }

    /** A node; free may be below zero when more is promised than there is. */
    public record NodeFacts(
            String site,
            String node,
            boolean ready,
            long cpuMillis,
            long cpuFree,
            long memoryBytes,
            long memoryFree,
            SortedMap<String, String> attributes) {}

    /** All sites, by name. */
    public List<SiteFacts> list(Principal principal) {
        enter(principal);
        return QuarkusTransaction.requiringNew()
                .call(() -> sites.all().stream().map(this::facts).toList());
    }

    public SiteFacts info(Principal principal, String name) {
        enter(principal);
        SiteFacts facts = QuarkusTransaction.requiringNew().call(() -> facts(sites.get(name(name))));
        Runtime runtime = runtimes.of(facts.site());
        return facts.with(
                runtime.health().version(),
                runtime.membership().map(Membership::aside).orElse(0));
    }

    /** The nodes of all sites, or of one; a site that has not said yet what it has shows none. */
    public List<NodeFacts> nodes(Principal principal, Optional<String> site) {
        enter(principal);
        site.ifPresent(name -> sites.get(name(name)));
        List<NodeFacts> nodes = new ArrayList<>();
        for (Offer offer : capacity.everyNode()) {
            if (site.isEmpty() || site.get().equals(offer.site())) {
                nodes.add(new NodeFacts(
                        offer.site(),
                        offer.node(),
                        ready(offer),
                        offer.cpuTotal(),
                        offer.cpuMillis(),
                        offer.memoryTotal(),
                        offer.memoryBytes(),
                        new TreeMap<>(offer.attributes())));
            }
        }
        return nodes;
    }

    private boolean ready(Offer offer) {
        return runtimes
                .find(offer.site())
                .filter(at -> at.site().state().takesInstances())
                .map(this::known)
                .orElse(List.of())
                .stream()
                .anyMatch(node -> node.name().equals(offer.node()) && node.ready());
    }

    /** Places nothing new at a site, and moves what runs there to others, as far as there is room. */
    public SiteFacts drain(Principal principal, String name) {
        return tell(principal, name, SiteEvent.DRAIN, "site.drain");
    }

    /** Takes a site into use again. */
    public SiteFacts undrain(Principal principal, String name) {
        return tell(principal, name, SiteEvent.UNDRAIN, "site.undrain");
    }

    private SiteFacts tell(Principal principal, String name, SiteEvent event, String action) {
        enter(principal);
        SiteFacts after = QuarkusTransaction.requiringNew().call(() -> {
            SiteName site = name(name);
            sites.get(site);
            if (sites.on(site, event).isPresent()) {
                record(principal, action, site);
            }
            return facts(sites.get(site));
        });
        runtimes.refresh();
        return after;
    }

    /**
     * Changes what constraints may ask for of a site; every node of it has these, unless it says otherwise itself. An
     * empty value takes one away.
     */
    public SiteFacts attributes(Principal principal, String name, Map<String, String> changes) {
        enter(principal);
        SiteFacts after = QuarkusTransaction.requiringNew().call(() -> {
            SiteName site = name(name);
            SortedMap<String, String> all = new TreeMap<>(sites.get(site).attributes());
            changes.forEach((attribute, value) -> change(all, attribute, value));
            refuseWhatAppsNeed(site, all);
            sites.attributes(site, all);
            record(principal, "site.attributes", site);
            return facts(sites.get(site));
        });
        runtimes.refresh();
        return after;
    }

    /** An app that could be placed until now and could not any more is a reason not to. */
    private void refuseWhatAppsNeed(SiteName site, SortedMap<String, String> attributes) {
        List<String> objections =
                policies.objections(capacity.everyNode(), capacity.everyNode(site.value(), attributes));
        if (!objections.isEmpty()) {
            throw refused("With these attributes these apps could not be placed as they want: "
                    + objections.stream().limit(5).collect(Collectors.joining(" ")) + " Nothing was changed.");
        }
    }

    static void change(SortedMap<String, String> all, String attribute, String value) {
        if (!ATTRIBUTE.matcher(attribute).matches() || attribute.equals("site") || attribute.equals("node")) {
            throw new InvalidSettingException(
                    "An attribute is named by lower-case letters, digits, dots and hyphens, and not site or node.");
        }
        if (value.isEmpty()) {
            all.remove(attribute);
        } else if (VALUE.matcher(value).matches()) {
            all.put(attribute, value);
        } else {
            throw new InvalidSettingException("An attribute's value is 1 to 63 letters, digits and any of _ . : / -");
        }
    }

    /** Reads the name of a site. */
    static SiteName name(String text) {
        try {
            return new SiteName(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(Objects.requireNonNullElse(e.getMessage(), "not a site") + ".");
        }
    }

    /** A site is not in a state for what was asked. */
    static NotPossibleException refused(String sentence) {
        return new NotPossibleException("site", "", sentence);
    }

    void enter(Principal principal) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
    }

    void record(Principal principal, String action, SiteName site) {
        audit.append(AuditEntry.done(
                principal.label(), action, AuditSubject.platform(), Map.of(AuditField.SITE, site.value())));
    }

    private SiteFacts facts(Site site) {
        int nodes = runtimes.find(site.name().value())
                .map(this::known)
                .orElse(List.of())
                .size();
        return new SiteFacts(
                site.name().value(),
                site.kind(),
                site.address(),
                site.state().code().toLowerCase(Locale.ROOT),
                site.stateSince(),
                nodes,
                capacity.instancesAt(site.name().value()),
                site.attributes(),
                "",
                0,
                List.of());
    }

    private List<Node> known(Runtimes.At at) {
        try {
            return capacity.nodes(at);
        } catch (RuntimeUnavailableException e) {
            return List.of();
        }
    }
}
