package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Offer;
import dev.slipway.platform.reconcile.Capacity;
import dev.slipway.platform.reconcile.Policies;
import dev.slipway.platform.reconcile.Wakeup;
import dev.slipway.platform.runtime.Membership;
import dev.slipway.platform.runtime.Membership.Registration;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeProvider;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteId;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.SiteState;
import dev.slipway.platform.site.Sites;
import dev.slipway.platform.site.StaleLeaderException;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.NotPossibleException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes clusters for sites, changes how they are reached, and lets them go; see {@code
 * docs/decisions/0118-sites-join-by-what-their-cluster-knows.md}. For operators.
 */
@ApplicationScoped
public class SiteJoining {
    /** Said in place of a registration: make a new one, whatever the cluster keeps. */
    static final String NEW = "new";

    private final SiteCommands commands;
    private final SiteRecovery recovery;
    private final Sites sites;
    private final Runtimes runtimes;
    private final Instances instances;
    private final Capacity capacity;
    private final Policies policies;
    private final Wakeup wakeup;
    private final Clock clock;

    SiteJoining(
            SiteCommands commands,
            SiteRecovery recovery,
            Sites sites,
            Runtimes runtimes,
            Instances instances,
            Capacity capacity,
            Policies policies,
            Wakeup wakeup,
            Clock clock) {
        this.commands = commands;
        this.recovery = recovery;
        this.sites = sites;
        this.runtimes = runtimes;
        this.instances = instances;
        this.capacity = capacity;
        this.policies = policies;
        this.wakeup = wakeup;
        this.clock = clock;
    }

    /**
     * What is to become a site.
     *
     * @param kind which kind of cluster it is
     * @param address where its masters are
     * @param settings what its kind wants to know besides, secrets among them
     * @param attributes what constraints may ask for
     * @param registration a registration to take over, {@code new} for a new one whatever there is
     */
    public record Wanted(
            String name,
            String kind,
            String address,
            Map<String, String> settings,
            Map<String, String> attributes,
            Optional<String> registration) {
        public Wanted {
            settings = Map.copyOf(settings);
            attributes = Map.copyOf(attributes);
        }

        /** Leaves out the settings, some of which are secret. */
        @Override
        public String toString() {
            return "Wanted[name=" + name + " kind=" + kind + " address=" + address + "]";
        }
    }

    /**
     * Asks a cluster who it is, and takes it for a site. Nothing is stored unless it answers and can be used.
     *
     * @throws UnavailableException when it does not answer
     * @throws NotPossibleException when it is another site's already, or keeps something that must be decided about
     */
    public SiteFacts join(Principal principal, Wanted wanted) {
        commands.enter(principal);
        SiteName name = SiteCommands.name(wanted.name());
        if (QuarkusTransaction.requiringNew().call(() -> sites.find(name)).isPresent()) {
            throw new NameTakenException(
                    "site",
                    name.value(),
                    "There is a site " + name
                            + " already. sites:change changes how it is reached, sites:leave lets it go.");
        }
        SortedMap<String, String> attributes = new TreeMap<>();
        wanted.attributes().forEach((attribute, value) -> SiteCommands.change(attributes, attribute, value));
        Site draft = new Site(
                new SiteId(UUID.randomUUID()),
                name,
                wanted.kind(),
                wanted.address().strip(),
                wanted.settings(),
                attributes,
                new SiteState.Joining(),
                1,
                clock.instant(),
                clock.instant());
        Optional<RuntimeProvider.Preparation> preparation = prepared(draft);
        if (preparation.isPresent()) {
            return joinLater(principal, draft, preparation.get());
        }
        recovery.adopted(trying(draft, cluster -> join(principal, draft, wanted.registration(), cluster)));
        return commands.info(principal, name.value());
    }

    private Optional<RuntimeProvider.Preparation> prepared(Site draft) {
        try {
            return runtimes.prepare(draft);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    /** Its machines have to be told first: it is kept as joining, and is in use as soon as all of them answer. */
    private SiteFacts joinLater(Principal principal, Site draft, RuntimeProvider.Preparation preparation) {
        QuarkusTransaction.requiringNew().run(() -> {
            sites.add(new Sites.Draft(
                    draft.name(),
                    draft.kind(),
                    draft.address(),
                    preparation.settings(),
                    new TreeMap<>(draft.attributes())));
            commands.record(principal, "site.join", draft.name());
        });
        runtimes.refresh();
        return commands.info(principal, draft.name().value()).withPaste(preparation.commands());
    }

    private static InvalidSettingException wrong(IllegalArgumentException e) {
        return new InvalidSettingException(
                Objects.requireNonNullElse(e.getMessage(), "A setting is wrong") + ". Nothing was changed.");
    }

    private SiteRecovery.Recovered join(
            Principal principal, Site draft, Optional<String> registration, Membership cluster) {
        cluster.version();
        List<Registration> known = cluster.registrations();
        refuseAnothersCluster(known, draft.name());
        Optional<Registration> adopted = recovery.choose(draft.name(), registration, known);
        Sites.Draft stored = new Sites.Draft(
                draft.name(), draft.kind(), draft.address(), draft.settings(), new TreeMap<>(draft.attributes()));
        if (adopted.isEmpty()) {
            if (cluster.current().isPresent()) {
                cluster.forget(); // of a site of this name that was let go half way
            }
            QuarkusTransaction.requiringNew().run(() -> {
                sites.add(stored);
                commands.record(principal, "site.join", draft.name());
            });
            return SiteRecovery.Recovered.nothing();
        }
        List<Membership.Found> found = cluster.found(adopted.get().id());
        return QuarkusTransaction.requiringNew().call(() -> {
            sites.add(stored);
            commands.record(principal, "site.join", draft.name());
            return recovery.adopt(draft.name(), cluster, adopted.get().id(), found, false);
        });
    }

    private void refuseAnothersCluster(List<Registration> known, SiteName name) {
        for (Runtimes.At at : runtimes.all()) {
            Optional<String> used = at.runtime().membership().flatMap(Membership::current);
            if (!at.site().name().equals(name)
                    && used.isPresent()
                    && known.stream().anyMatch(one -> one.id().equals(used.get()))) {
                throw SiteCommands.refused(
                        "This cluster is site " + at.site().name() + " already. Nothing was changed.");
            }
        }
    }

    /** Opens a site that is not stored like this, and says in people's words what is wrong with it. */
    private <T> T trying(Site site, Function<Membership, T> work) {
        try {
            return runtimes.trying(site, candidate -> work.apply(membership(site, candidate)));
        } catch (RuntimeUnavailableException e) {
            throw new UnavailableException(e.getMessage() + ". Nothing was changed.", e);
        } catch (StaleLeaderException e) {
            throw new UnavailableException(
                    "Another process of this Slipway leads; it has to be asked. Nothing was changed.", e);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private static Membership membership(Site site, Runtime runtime) {
        return runtime.membership()
                .orElseThrow(() -> new IllegalArgumentException(
                        "A site of kind " + site.kind() + " is there by itself and needs not be joined"));
    }

    /**
     * Changes where a cluster is and how it is spoken with; an empty value takes a setting away.
     *
     * @param address the new one, if it changes
     */
    public SiteFacts change(Principal principal, String site, Optional<String> address, Map<String, String> changes) {
        commands.enter(principal);
        Site before = QuarkusTransaction.requiringNew().call(() -> sites.get(SiteCommands.name(site)));
        Map<String, String> settings = new LinkedHashMap<>(before.settings());
        changes.forEach((setting, value) -> {
            if (value.isEmpty()) {
                settings.remove(setting);
            } else {
                settings.put(setting, value);
            }
        });
        Site after = new Site(
                before.id(),
                before.name(),
                before.kind(),
                address.orElse(before.address()).strip(),
                settings,
                before.attributes(),
                before.state(),
                before.version() + 1,
                before.createdAt(),
                before.stateSince());
        trying(after, cluster -> {
            cluster.version();
            List<Registration> known = cluster.registrations();
            refuseAnothersCluster(known, after.name());
            refuseAnotherCluster(after, cluster.current(), known);
            return QuarkusTransaction.requiringNew().call(() -> {
                commands.record(principal, "site.change", after.name());
                return sites.change(after.name(), after.address(), settings);
            });
        });
        runtimes.refresh();
        return commands.info(principal, site);
    }

    private void refuseAnotherCluster(Site site, Optional<String> current, List<Registration> known) {
        int running = capacity.instancesAt(site.name().value());
        if (running > 0
                && current.isPresent()
                && known.stream().noneMatch(one -> one.id().equals(current.get()))) {
            throw SiteCommands.refused("The cluster at " + site.address() + " does not know registration "
                    + current.get() + ", under which " + running + " instances of site " + site.name()
                    + " run: it is another cluster. Nothing was changed. Join it as a site of its own.");
        }
    }

    /**
     * Lets a site go.
     *
     * @param lost whether its cluster is gone for good: what ran there is given up, and the cluster is told nothing
     */
    public void leave(Principal principal, String site, boolean lost) {
        commands.enter(principal);
        Site leaving = QuarkusTransaction.requiringNew().call(() -> sites.get(SiteCommands.name(site)));
        String name = leaving.name().value();
        Membership cluster = runtimes.of(name)
                .membership()
                .orElseThrow(() -> SiteCommands.refused("Site " + name + " is of kind " + leaving.kind()
                        + ", which is there by itself. sites:drain keeps instances away from it."));
        if (!lost) {
            refuseWhileInUse(leaving);
        }
        try {
            if (lost) {
                cluster.forget();
            } else {
                cluster.leave();
            }
        } catch (RuntimeUnavailableException e) {
            throw new UnavailableException(
                    e.getMessage() + ". Nothing was changed. If its cluster is gone for good: sites:leave " + name
                            + " --lost.",
                    e);
        }
        List<Instance> given = QuarkusTransaction.requiringNew().call(() -> {
            List<Instance> gone = instances.siteGone(name, "site " + name + " was let go");
            sites.remove(leaving.name());
            commands.record(principal, "site.leave", leaving.name());
            return gone;
        });
        runtimes.refresh();
        given.stream().map(Instance::app).distinct().forEach(wakeup::changed);
    }

    private void refuseWhileInUse(Site site) {
        String name = site.name().value();
        if (!(site.state() instanceof SiteState.Joining) && !site.state().drains()) {
            throw SiteCommands.refused("Site " + name + " is in use. Drain it first: sites:drain " + name + ".");
        }
        List<Instances.Held> there = QuarkusTransaction.requiringNew().call(() -> instances.heldAt(name));
        if (!there.isEmpty()) {
            long apps = there.stream().map(Instances.Held::app).distinct().count();
            throw SiteCommands.refused("Instances run at site " + name + ": " + there.size() + ", of "
                    + (apps == 1 ? "one app" : apps + " apps")
                    + ". They have to run elsewhere before it leaves: placement:simulate --without " + name
                    + " says where they would.");
        }
        List<Offer> all = capacity.everyNode();
        List<Offer> others =
                all.stream().filter(node -> !node.site().equals(name)).toList();
        List<String> objections = QuarkusTransaction.requiringNew().call(() -> policies.objections(all, others));
        if (!objections.isEmpty()) {
            throw SiteCommands.refused("Without site " + name + " these apps could not be placed as they want: "
                    + objections.stream().limit(5).collect(Collectors.joining(" "))
                    + " Nothing was changed.");
        }
    }
}
