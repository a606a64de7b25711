package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.PlacementCommands;
import dev.slipway.platform.reconcile.Explanations.Explained;
import dev.slipway.platform.reconcile.Explanations.Simulated;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code placement}, {@code placement:set}, {@code placement:explain}, {@code placement:simulate}. */
@ApplicationScoped
class PlacementVerbs implements VerbGroup {
    private final AppCommands apps;
    private final PlacementCommands placement;

    PlacementVerbs(AppCommands apps, PlacementCommands placement) {
        this.apps = apps;
        this.placement = placement;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Show::new, Set::new, Explain::new, Simulate::new);
    }

    private static void show(Console console, SortedMap<String, String> options) {
        if (console.json()) {
            console.value(options);
            return;
        }
        Table table = new Table("option", "value");
        options.forEach(table::row);
        console.table(table, "No options: its instances are packed onto the fullest node that has room.");
    }

    @Command(
            name = "placement",
            description = "Show where an app's instances should be.",
            footer = Verb.SSH + "placement -a acme/shop")
    private final class Show extends AppVerb {
        Show() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            show(call.console(), placement.options(call.principal(), ref));
            return DONE;
        }
    }

    @Command(
            name = "placement:set",
            description = {
                "Change where an app's instances placed from now on should be.",
                "spread=site,rack,node prefer=SITE,.. standby=SITE,.. at-least-sites=N per-node=N",
                "require=ATTRIBUTE=VALUE apart=APP,.. together=GROUP priority=0..9; OPTION= takes one away."
            },
            footer = Verb.SSH + "placement:set -a acme/shop spread=site,rack per-node=2")
    private final class Set extends AppVerb {
        @Parameters(arity = "1..*", paramLabel = "OPTION=VALUE", description = "Options, as above.")
        List<String> words;

        Set() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            show(call.console(), placement.set(call.principal(), ref, SiteVerbs.assignments(words)));
            return DONE;
        }
    }

    @Command(
            name = "placement:explain",
            description = "Show why instances are where they are, or wait.",
            footer = Verb.SSH + "placement:explain -a acme/shop")
    private final class Explain extends AppVerb {
        Explain() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            List<Explained> all = placement.explain(call.principal(), ref);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("instance", "where", "why");
            all.forEach(one -> table.row(one.instance(), one.where(), one.why()));
            call.console().table(table, "Nothing of it runs or waits.");
            return DONE;
        }
    }

    @Command(
            name = "placement:simulate",
            description = "Show what would become of everything at a site were it gone (operators).",
            footer = Verb.SSH + "placement:simulate --without dc-a")
    private final class Simulate extends Verb {
        @Option(names = "--without", required = true, paramLabel = "SITE", description = "The site that is gone.")
        String without;

        @Override
        int run(Call call) {
            Simulated simulated = placement.simulate(call.principal(), without);
            if (json) {
                call.console().value(simulated);
                return DONE;
            }
            int waiting = simulated.waiting().size();
            call.console()
                    .line("Without " + simulated.without() + ": of the " + simulated.instances() + " instances there "
                            + (simulated.instances() - waiting) + " would find room " + simulated.moved() + ", "
                            + waiting + " would wait.");
            Table table = new Table("app", "instance", "why");
            simulated.waiting().forEach(one -> table.row(one.app(), one.instance(), one.why()));
            if (waiting > 0) {
                call.console().table(table, "");
            }
            return waiting == 0 ? DONE : FAILED;
        }
    }
}
