package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.AvailabilityCommands;
import dev.slipway.platform.command.AvailabilityCommands.AvailabilityFacts;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code availability}, {@code sites:availability}. */
@ApplicationScoped
class AvailabilityVerbs implements VerbGroup {
    private final AppCommands apps;
    private final AvailabilityCommands availability;

    AvailabilityVerbs(AppCommands apps, AvailabilityCommands availability) {
        this.apps = apps;
        this.availability = availability;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(OfApp::new, OfSite::new);
    }

    private static int show(Console console, List<AvailabilityFacts> months) {
        if (console.json()) {
            console.value(months);
            return Verb.DONE;
        }
        Table table = new Table("month", "available", "target", "met", "minutes", "unwell", "requests", "failed");
        months.forEach(month -> table.row(
                month.month(),
                month.percent().map(percent -> percent + " %").orElse(""),
                month.target() + " %",
                month.met().map(met -> met ? "yes" : "no").orElse(""),
                month.looks(),
                month.bad(),
                month.requests(),
                month.failedRequests()));
        console.table(table, "Nothing has been seen of it yet.");
        return Verb.DONE;
    }

    @Command(
            name = "availability",
            description = "Show how much of the time an app served, month by month, against the target.",
            footer = Verb.SSH + "availability -a acme/shop")
    private final class OfApp extends AppVerb {
        OfApp() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            return show(call.console(), availability.app(call.principal(), ref));
        }
    }

    @Command(
            name = "sites:availability",
            description = "Show how much of the time a site answered, month by month, against the target (operators).",
            footer = Verb.SSH + "sites:availability dc-a")
    private final class OfSite extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site's name.")
        String site;

        @Override
        int run(Call call) {
            return show(call.console(), availability.site(call.principal(), site));
        }
    }
}
