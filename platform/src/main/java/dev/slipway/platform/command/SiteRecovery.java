package dev.slipway.platform.command;

import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.platform.reconcile.Rebuilding;
import dev.slipway.platform.reconcile.Rebuilding.Rebuilt;
import dev.slipway.platform.reconcile.Wakeup;
import dev.slipway.platform.runtime.Membership;
import dev.slipway.platform.runtime.Membership.Found;
import dev.slipway.platform.runtime.Membership.Registration;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.Sites;
import dev.slipway.platform.site.StaleLeaderException;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.NotPossibleException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Takes over what a cluster runs and the database does not know, or gives it up. For operators. */
@ApplicationScoped
public class SiteRecovery {
    private final SiteCommands commands;
    private final Rebuilding rebuilding;
    private final Sites sites;
    private final Runtimes runtimes;
    private final Fence fence;
    private final Wakeup wakeup;

    SiteRecovery(
            SiteCommands commands, Rebuilding rebuilding, Sites sites, Runtimes runtimes, Fence fence, Wakeup wakeup) {
        this.commands = commands;
        this.rebuilding = rebuilding;
        this.sites = sites;
        this.runtimes = runtimes;
        this.fence = fence;
        this.wakeup = wakeup;
    }

    /**
     * What became of what a cluster ran.
     *
     * @param registration under which it runs
     * @param kept names of the instances that are known again
     * @param aside what goes on running without belonging to anything, and why
     * @param ended what was ended, and why
     */
    public record RecoveryFacts(
            String site, String registration, List<String> kept, List<String> aside, List<String> ended) {}

    /** What an adoption brought, to be told once it is committed. */
    record Recovered(RecoveryFacts facts, Set<AppId> changed) {
        static Recovered nothing() {
            return new Recovered(new RecoveryFacts("", "", List.of(), List.of(), List.of()), Set.of());
        }
    }

    /** Tells everybody of an adoption that was committed. */
    void adopted(Recovered recovered) {
        runtimes.refresh();
        recovered.changed().forEach(wakeup::changed);
    }

    /**
     * The registration that a new site takes over.
     *
     * @param asked the id of one, {@code new} for none
     * @throws NotPossibleException when there is one of a site of this name and nobody said what is to become of it
     */
    Optional<Registration> choose(SiteName name, Optional<String> asked, List<Registration> known) {
        if (asked.isPresent() && !asked.get().equals(SiteJoining.NEW)) {
            return Optional.of(named(asked.get(), known));
        }
        List<Registration> left =
                known.stream().filter(one -> one.site().equals(name.value())).toList();
        if (asked.isEmpty() && !left.isEmpty()) {
            throw SiteCommands.refused("The cluster keeps what a Slipway had there as site " + name + ": "
                    + told(left) + ". Take it over with what it runs: --framework "
                    + left.getFirst().id()
                    + "; or join beside it: --framework new. Nothing was changed.");
        }
        return Optional.empty();
    }

    private static Registration named(String id, List<Registration> known) {
        Registration found = known.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> SiteCommands.refused("The cluster keeps no framework " + id + " of a Slipway. "
                        + (known.isEmpty() ? "It keeps none." : "It keeps " + told(known) + ".")
                        + " Nothing was changed."));
        if (found.connected()) {
            throw SiteCommands.refused("Somebody is connected as framework " + id
                    + ": another Slipway runs with it. Stop that one first. Nothing was changed.");
        }
        return found;
    }

    private static String told(List<Registration> registrations) {
        return registrations.stream()
                .map(one -> "framework " + one.id() + " (" + one.instances() + " instances, "
                        + (one.connected() ? "somebody is connected" : "nobody is connected") + ")")
                .collect(Collectors.joining(", "));
    }

    /** Takes a registration over, in the caller's transaction. */
    Recovered adopt(SiteName site, Membership cluster, String registration, List<Found> found, boolean endRest) {
        fence.hold();
        Rebuilt rebuilt = rebuilding.rebuild(site.value(), found);
        List<Rebuilt.Left> ended = new ArrayList<>(rebuilt.ended());
        List<Rebuilt.Left> aside = endRest ? List.of() : rebuilt.aside();
        if (endRest) {
            ended.addAll(rebuilt.aside());
        }
        cluster.adopt(
                registration, rebuilt.kept().stream().map(Rebuilt.Kept::found).toList(), found(aside), found(ended));
        return new Recovered(
                new RecoveryFacts(
                        site.value(),
                        registration,
                        rebuilt.kept().stream().map(Rebuilt.Kept::name).toList(),
                        told(aside.stream()),
                        told(ended.stream())),
                rebuilt.changed());
    }

    private static List<Found> found(List<Rebuilt.Left> left) {
        return left.stream().map(Rebuilt.Left::found).toList();
    }

    private static List<String> told(java.util.stream.Stream<Rebuilt.Left> left) {
        return left.map(one -> one.found().id() + ": " + one.why()).toList();
    }

    /**
     * Compares what the cluster runs with the rows, and writes those that are missing: after a lost database, or when the
     * cluster calls the present registration removed and another one still runs our instances.
     *
     * @param registration which one; if it is not said, the site's own, or the only one that nobody uses
     * @param endRest whether what belongs to nothing known here is ended
     */
    public RecoveryFacts recover(Principal principal, String name, Optional<String> registration, boolean endRest) {
        Site site = enter(principal, name);
        Membership cluster = membership(site);
        return asking(() -> {
            List<Registration> known = cluster.registrations();
            Optional<String> current = cluster.current();
            String target = registration
                    .filter(asked -> !current.equals(Optional.of(asked)))
                    .map(asked -> other(asked, current, known).id())
                    .or(() -> current.filter(
                            id -> known.stream().anyMatch(one -> one.id().equals(id))))
                    .orElseGet(() -> only(site.name(), known).id());
            List<Found> found = cluster.found(target);
            Recovered recovered = QuarkusTransaction.requiringNew().call(() -> {
                commands.record(principal, "site.recover", site.name());
                return adopt(site.name(), cluster, target, found, endRest);
            });
            cluster.renew();
            adopted(recovered);
            return recovered.facts();
        });
    }

    private static Registration other(String asked, Optional<String> current, List<Registration> known) {
        Registration target = named(asked, known);
        known.stream()
                .filter(one -> current.equals(Optional.of(one.id())) && one.instances() > 0)
                .findFirst()
                .ifPresent(busy -> {
                    throw SiteCommands.refused("The site's own framework " + busy.id() + " runs "
                            + busy.instances() + " instances: taking another one over would lose them."
                            + " Nothing was changed.");
                });
        return target;
    }

    private static Registration only(SiteName site, List<Registration> known) {
        List<Registration> free = known.stream().filter(one -> !one.connected()).toList();
        List<Registration> named =
                free.stream().filter(one -> one.site().equals(site.value())).toList();
        List<Registration> candidates = named.isEmpty() ? free : named;
        if (candidates.size() != 1) {
            throw SiteCommands.refused((candidates.isEmpty()
                            ? "The cluster keeps no framework of a Slipway that nobody uses. sites:retire " + site
                                    + " begins with a new one."
                            : "Say which one with --framework: the cluster keeps " + told(candidates) + ".")
                    + " Nothing was changed.");
        }
        return candidates.getFirst();
    }

    /**
     * Gives up what a site's cluster runs for it, and begins with a new registration.
     *
     * @param confirmation the site's name again
     */
    public SiteFacts retire(Principal principal, String name, String confirmation) {
        Site site = enter(principal, name);
        if (!confirmation.equals(site.name().value())) {
            throw SiteCommands.refused("This ends everything that site " + name
                    + " runs; confirm with its name: --confirm " + site.name() + ".");
        }
        Membership cluster = membership(site);
        asking(() -> {
            cluster.retire();
            return site;
        });
        QuarkusTransaction.requiringNew().run(() -> commands.record(principal, "site.retire", site.name()));
        return commands.info(principal, name);
    }

    private Site enter(Principal principal, String name) {
        commands.enter(principal);
        return QuarkusTransaction.requiringNew().call(() -> sites.get(SiteCommands.name(name)));
    }

    private Membership membership(Site site) {
        return runtimes.of(site.name().value())
                .membership()
                .orElseThrow(() -> SiteCommands.refused("Site " + site.name() + " is of kind " + site.kind()
                        + ": what it runs is seen as it is, there is nothing to take over or give up."));
    }

    private static <T> T asking(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeUnavailableException e) {
            throw new UnavailableException(e.getMessage() + ". Nothing was changed.", e);
        } catch (StaleLeaderException e) {
            throw new UnavailableException(
                    "Another process of this Slipway leads; it has to be asked. Nothing was changed.", e);
        }
    }
}
