package dev.slipway.platform.verbs;

import dev.slipway.platform.command.TenantCommands;
import dev.slipway.platform.command.UsageCommands;
import dev.slipway.platform.command.UsageCommands.By;
import dev.slipway.platform.command.UsageCommands.UsageReport;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usage}: what a tenant has used over time. */
@ApplicationScoped
class UsageVerbs implements VerbGroup {
    private final TenantCommands tenants;
    private final UsageCommands usage;

    UsageVerbs(TenantCommands tenants, UsageCommands usage) {
        this.tenants = tenants;
        this.usage = usage;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Usage::new);
    }

    @Command(
            name = "usage",
            description = "Show what a tenant and its apps used over time: cpu-hours, memory, registry, build minutes.",
            footer = Verb.SSH + "usage -t acme --from 2026-03-01 --by app,day --csv")
    private final class Usage extends TenantVerb {
        @Option(names = "--from", paramLabel = "DAY", description = "The first day, UTC; else the first of the month.")
        @Nullable
        String from;

        @Option(names = "--to", paramLabel = "DAY", description = "The last day; else today.")
        @Nullable
        String to;

        @Option(names = "--by", paramLabel = "WHAT", defaultValue = "app", description = "app, day or app,day.")
        String by;

        @Option(names = "--csv", description = "As comma-separated values.")
        boolean csv;

        Usage() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            UsageReport report = usage.usage(
                    call.principal(), name, Optional.ofNullable(from), Optional.ofNullable(to), By.parse(by));
            if (json) {
                call.console().value(report);
            } else if (csv) {
                call.console().text(report.csv());
            } else {
                Table table = new Table("day", "app", "resource", "used", "");
                report.lines()
                        .forEach(line -> table.row(
                                line.day(),
                                line.app(),
                                line.resource(),
                                line.amount().toPlainString(),
                                line.unit()));
                call.console().table(table, "Nothing was used.");
            }
            return DONE;
        }
    }
}
