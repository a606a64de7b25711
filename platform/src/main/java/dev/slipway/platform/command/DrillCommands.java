package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.reconcile.DrillRound;
import dev.slipway.platform.site.Drill;
import dev.slipway.platform.site.Drills;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteState;
import dev.slipway.platform.site.Sites;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.UnknownNameException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Rehearsals of the loss of a site, for operators. */
@ApplicationScoped
public class DrillCommands {
    private final SiteCommands commands;
    private final DrillRound round;
    private final Drills drills;
    private final Sites sites;

    DrillCommands(SiteCommands commands, DrillRound round, Drills drills, Sites sites) {
        this.commands = commands;
        this.round = round;
        this.drills = drills;
        this.sites = sites;
    }

    /**
     * The report of a drill; times count from its begin.
     *
     * @param secondsToSilent until nothing new was placed there
     * @param secondsToLost until its instances began to be given up
     * @param seconds until everything that has room elsewhere was healthy there, or until it was ended
     * @param instances how many ran there
     * @param moved how many of them became healthy elsewhere
     * @param waiting which of them had no room, and why
     * @param failedRequests requests to these apps that failed meanwhile
     */
    public record DrillFacts(
            String drill,
            String site,
            String by,
            String state,
            Instant begunAt,
            Optional<Double> secondsToSilent,
            Optional<Double> secondsToLost,
            Optional<Double> seconds,
            int instances,
            int moved,
            List<String> waiting,
            long failedRequests) {}

    /**
     * Begins one: until it ends the site is taken for silent. Nothing there is ended before something took its place.
     *
     * @throws dev.slipway.tenancy.identity.NotPossibleException when one runs already, or the site is not in use
     */
    public DrillFacts begin(Principal principal, String name) {
        commands.enter(principal);
        Drill drill = QuarkusTransaction.requiringNew().call(() -> {
            Site site = sites.get(SiteCommands.name(name));
            if (!(site.state() instanceof SiteState.Active)) {
                throw SiteCommands.refused("Site " + name + " is "
                        + site.state().code().toLowerCase(Locale.ROOT)
                        + ": only the loss of a site that is in use can be rehearsed.");
            }
            Optional<Drill> running = drills.running();
            if (running.isPresent()) {
                throw SiteCommands.refused("A drill of site " + running.get().site() + " runs. drill:abort ends it.");
            }
            boolean others = sites.all().stream()
                    .anyMatch(other ->
                            !other.name().equals(site.name()) && other.state().takesInstances());
            if (!others) {
                throw SiteCommands.refused("Site " + name
                        + " is the only one in use: nothing could run elsewhere. sites:join takes another one.");
            }
            commands.record(principal, "drill.begin", site.name());
            return round.begin(site.name(), principal.label());
        });
        round.tell(drill);
        return facts(drill);
    }

    /** Ends the one that runs: the site is judged by what it answers again. */
    public DrillFacts abort(Principal principal) {
        commands.enter(principal);
        Drill drill = QuarkusTransaction.requiringNew().call(() -> {
            Drill running =
                    drills.running().orElseThrow(() -> SiteCommands.refused("No drill runs. drills lists them."));
            commands.record(principal, "drill.abort", running.site());
            return drills.end(running.id(), Drill.State.ABORTED)
                    .orElseThrow(() -> SiteCommands.refused("The drill has just ended."));
        });
        round.tell(drill);
        return facts(drill);
    }

    /** The newest first. */
    public List<DrillFacts> list(Principal principal) {
        commands.enter(principal);
        return drills.newest().stream().map(DrillCommands::facts).toList();
    }

    public DrillFacts info(Principal principal, String id) {
        commands.enter(principal);
        try {
            return drills.find(UUID.fromString(id))
                    .map(DrillCommands::facts)
                    .orElseThrow(() -> new UnknownNameException("drill", id, "There is no drill " + id + "."));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("A drill's name is a UUID, not " + id + ".");
        }
    }

    private static DrillFacts facts(Drill drill) {
        return new DrillFacts(
                drill.id().toString(),
                drill.site().value(),
                drill.by(),
                drill.state().name().toLowerCase(Locale.ROOT),
                drill.begunAt(),
                since(drill, drill.silentAt()),
                since(drill, drill.lostAt()),
                since(drill, drill.endedAt()),
                drill.places().size(),
                drill.moved(),
                drill.waiting(),
                drill.failed());
    }

    private static Optional<Double> since(Drill drill, Optional<Instant> at) {
        return at.map(instant -> Duration.between(drill.begunAt(), instant).toMillis() / 1000.0);
    }
}
