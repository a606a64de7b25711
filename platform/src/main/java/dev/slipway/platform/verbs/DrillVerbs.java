package dev.slipway.platform.verbs;

import dev.slipway.platform.command.DrillCommands;
import dev.slipway.platform.command.DrillCommands.DrillFacts;
import dev.slipway.platform.command.DrillCommands.DrillScheduleFacts;
import dev.slipway.platform.loop.Pause;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drill}, {@code drill:abort}, {@code drill:schedule}, {@code drill:schedules}, {@code drill:unschedule}, {@code drills}. */
@ApplicationScoped
class DrillVerbs implements VerbGroup {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String RUNNING = "running";

    private final DrillCommands drills;
    private final Pause pause;

    DrillVerbs(DrillCommands drills, Pause pause) {
        this.drills = drills;
        this.pause = pause;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Begin::new, Abort::new, Schedule::new, Unschedule::new, Schedules::new, Listing::new);
    }

    private static String seconds(Optional<Double> value) {
        return value.map(seconds -> String.format(Locale.ROOT, "%.1f s", seconds))
                .orElse("");
    }

    private static void report(Console console, DrillFacts drill) {
        if (console.json()) {
            console.value(drill);
            return;
        }
        console.line("Drill of " + drill.site() + ": " + drill.state() + " after " + seconds(drill.seconds()) + ". "
                + drill.moved() + " of " + drill.instances() + " instances became healthy elsewhere, "
                + drill.waiting().size() + " had no room, " + drill.failedRequests() + " requests failed.");
        drill.secondsToFirst()
                .ifPresent(first -> console.line("  Requests went elsewhere after " + seconds(drill.secondsToAway())
                        + "; the first instance was healthy elsewhere after " + seconds(drill.secondsToFirst())
                        + ", the last after " + seconds(drill.secondsToLast()) + "."));
        drill.waiting().forEach(line -> console.line("  " + line));
    }

    @Command(
            name = "drill",
            description = "Rehearse the loss of a site, and report what came of it (operators).",
            footer = Verb.SSH + "drill dc-a")
    private final class Begin extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site that is taken for lost.")
        String site;

        @Option(names = "--detach", description = "Do not wait for its end; drills shows it.")
        boolean detach;

        @Override
        int run(Call call) throws InterruptedException {
            DrillFacts drill = drills.begin(call.principal(), site);
            boolean silent = false;
            boolean lost = false;
            while (!detach && drill.state().equals(RUNNING)) {
                pause.pause(LOOK);
                drill = drills.info(call.principal(), drill.drill());
                if (!silent && drill.secondsToSilent().isPresent() && !json) {
                    silent = true;
                    call.console().line("-----> Silent after " + seconds(drill.secondsToSilent()));
                }
                if (!lost && drill.secondsToLost().isPresent() && !json) {
                    lost = true;
                    call.console()
                            .line("-----> Lost after " + seconds(drill.secondsToLost()) + ": moving "
                                    + drill.instances() + " instances");
                }
            }
            report(call.console(), drill);
            return drill.state().equals("done") && drill.waiting().isEmpty() || detach ? DONE : FAILED;
        }
    }

    @Command(
            name = "drill:abort",
            description = "End the drill that runs (operators).",
            footer = Verb.SSH + "drill:abort")
    private final class Abort extends Verb {
        @Override
        int run(Call call) {
            report(call.console(), drills.abort(call.principal()));
            return DONE;
        }
    }

    private static void report(Console console, DrillScheduleFacts schedule) {
        if (console.json()) {
            console.value(schedule);
        } else {
            console.line("The loss of " + schedule.site() + " is rehearsed every " + schedule.everyDays()
                    + " days, next at " + schedule.next() + ".");
        }
    }

    @Command(
            name = "drill:schedule",
            description = "Have the loss of a site rehearsed every so many days (operators).",
            footer = Verb.SSH + "drill:schedule dc-a --every 30 --at 03:30")
    private final class Schedule extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site that is taken for lost.")
        String site;

        @Option(names = "--every", paramLabel = "DAYS", required = true, description = "Days from one to the next.")
        int every;

        @Option(names = "--at", paramLabel = "HH:MM", required = true, description = "Time of the day, in UTC.")
        String at;

        @Override
        int run(Call call) {
            report(call.console(), drills.schedule(call.principal(), site, every, at));
            return DONE;
        }
    }

    @Command(
            name = "drill:unschedule",
            description = "Rehearse the loss of a site only when somebody asks (operators).",
            footer = Verb.SSH + "drill:unschedule dc-a")
    private final class Unschedule extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site.")
        String site;

        @Override
        int run(Call call) {
            drills.unschedule(call.principal(), site);
            if (!json) {
                call.console().line("The loss of " + site + " is rehearsed only when somebody asks.");
            }
            return DONE;
        }
    }

    @Command(
            name = "drill:schedules",
            description = "List the drills that take place by themselves (operators).",
            footer = Verb.SSH + "drill:schedules")
    private final class Schedules extends Verb {
        @Override
        int run(Call call) {
            List<DrillScheduleFacts> all = drills.schedules(call.principal());
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("site", "every", "next", "by", "last", "note");
            all.forEach(schedule -> table.row(
                    schedule.site(),
                    schedule.everyDays() + " days",
                    schedule.next(),
                    schedule.by(),
                    schedule.last().map(Instant::toString).orElse(""),
                    schedule.lastNote().orElse("")));
            call.console().table(table, "No drill is scheduled.");
            return DONE;
        }
    }

    @Command(name = "drills", description = "List rehearsed losses of sites (operators).", footer = Verb.SSH + "drills")
    private final class Listing extends Verb {
        @Override
        int run(Call call) {
            List<DrillFacts> all = drills.list(call.principal());
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table(
                    "begun",
                    "site",
                    "by",
                    "state",
                    "away",
                    "lost",
                    "first",
                    "last",
                    "moved",
                    "waiting",
                    "failed requests");
            all.forEach(drill -> table.row(
                    drill.begunAt(),
                    drill.site(),
                    drill.by(),
                    drill.state(),
                    seconds(drill.secondsToAway()),
                    seconds(drill.secondsToLost()),
                    seconds(drill.secondsToFirst()),
                    seconds(drill.secondsToLast()),
                    drill.moved() + " of " + drill.instances(),
                    drill.waiting().size(),
                    drill.failedRequests()));
            call.console().table(table, "No loss of a site has been rehearsed yet.");
            return DONE;
        }
    }
}
