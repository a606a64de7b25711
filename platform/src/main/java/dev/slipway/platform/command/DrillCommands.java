package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.reconcile.DrillPlan;
import dev.slipway.platform.reconcile.DrillRound;
import dev.slipway.platform.site.Drill;
import dev.slipway.platform.site.DrillSchedule;
import dev.slipway.platform.site.DrillSchedules;
import dev.slipway.platform.site.Drills;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.Sites;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.UnknownNameException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Rehearsals of the loss of a site, for operators. */
@ApplicationScoped
public class DrillCommands {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final SiteCommands commands;
    private final DrillRound round;
    private final DrillPlan plan;
    private final Drills drills;
    private final DrillSchedules schedules;
    private final Sites sites;

    DrillCommands(
            SiteCommands commands,
            DrillRound round,
            DrillPlan plan,
            Drills drills,
            DrillSchedules schedules,
            Sites sites) {
        this.commands = commands;
        this.round = round;
        this.plan = plan;
        this.drills = drills;
        this.schedules = schedules;
        this.sites = sites;
    }

    /**
     * The report of a drill; times count from its begin.
     *
     * @param secondsToAway until no request went there any more that something elsewhere could take
     * @param secondsToSilent until nothing new was placed there
     * @param secondsToLost until its instances began to be given up
     * @param secondsToFirst until the first of them was healthy elsewhere
     * @param secondsToLast until the last of them was
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
            Optional<Double> secondsToAway,
            Optional<Double> secondsToSilent,
            Optional<Double> secondsToLost,
            Optional<Double> secondsToFirst,
            Optional<Double> secondsToLast,
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
            plan.objection(site).ifPresent(sentence -> {
                throw SiteCommands.refused(sentence);
            });
            commands.record(principal, "drill.begin", site.name());
            return round.begin(site.name(), principal.label());
        });
        round.begun(drill);
        return info(principal, drill.id().toString());
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

    /**
     * When a site has its drills without anybody asking.
     *
     * @param everyDays from one to the next
     * @param next when the next one begins
     * @param lastNote why nothing came of the last one
     */
    public record DrillScheduleFacts(
            String site, int everyDays, Instant next, String by, Optional<Instant> last, Optional<String> lastNote) {}

    /** When drills take place, the next one first. */
    public List<DrillScheduleFacts> schedules(Principal principal) {
        commands.enter(principal);
        return schedules.all().stream().map(DrillCommands::facts).toList();
    }

    /**
     * Has the loss of a site rehearsed again and again. What cannot take place at its time is left out, and the schedule
     * says why.
     *
     * @param at the time of the day in UTC, such as {@code 03:30}
     */
    public DrillScheduleFacts schedule(Principal principal, String name, int everyDays, String at) {
        commands.enter(principal);
        if (everyDays < 1 || everyDays > DrillSchedule.MOST_DAYS) {
            throw new InvalidSettingException("A drill takes place every 1 to " + DrillSchedule.MOST_DAYS
                    + " days, not every " + everyDays + ".");
        }
        LocalTime time = time(at);
        return QuarkusTransaction.requiringNew().call(() -> {
            Site site = sites.get(SiteCommands.name(name));
            commands.record(principal, "drill.schedule", site.name());
            return facts(schedules.set(site.name(), everyDays, time, principal.label()));
        });
    }

    /** Has it rehearsed no more, unless somebody asks. */
    public void unschedule(Principal principal, String name) {
        commands.enter(principal);
        QuarkusTransaction.requiringNew().run(() -> {
            Site site = sites.get(SiteCommands.name(name));
            if (!schedules.remove(site.name())) {
                throw SiteCommands.refused(
                        "No drill of site " + name + " is scheduled. drill:schedules lists those that are.");
            }
            commands.record(principal, "drill.unschedule", site.name());
        });
    }

    private static LocalTime time(String at) {
        try {
            return LocalTime.parse(at, TIME);
        } catch (DateTimeParseException e) {
            throw new InvalidSettingException(
                    "The time of the day is written as 03:30, in UTC, and not as " + at + ".");
        }
    }

    private static DrillScheduleFacts facts(DrillSchedule schedule) {
        return new DrillScheduleFacts(
                schedule.site().value(),
                schedule.everyDays(),
                schedule.nextAt(),
                schedule.by(),
                schedule.lastAt(),
                schedule.lastNote());
    }

    private static DrillFacts facts(Drill drill) {
        return new DrillFacts(
                drill.id().toString(),
                drill.site().value(),
                drill.by(),
                drill.state().name().toLowerCase(Locale.ROOT),
                drill.begunAt(),
                since(drill, drill.awayAt()),
                since(drill, drill.silentAt()),
                since(drill, drill.lostAt()),
                since(drill, drill.firstMovedAt()),
                since(drill, drill.lastMovedAt()),
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
