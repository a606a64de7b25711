package dev.slipway.platform.verbs;

import dev.slipway.platform.command.TenantCommands;
import dev.slipway.platform.command.UsageCommands;
import dev.slipway.platform.command.UsageCommands.By;
import dev.slipway.platform.command.UsageCommands.UsageReport;
import dev.slipway.platform.command.WasteCommands;
import dev.slipway.platform.command.WasteCommands.WasteFacts;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usage}, {@code usage:waste}: what a tenant has used over time, and what it asked for in vain. */
@ApplicationScoped
class UsageVerbs implements VerbGroup {
    private final TenantCommands tenants;
    private final UsageCommands usage;
    private final WasteCommands waste;

    UsageVerbs(TenantCommands tenants, UsageCommands usage, WasteCommands waste) {
        this.tenants = tenants;
        this.usage = usage;
        this.waste = waste;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Usage::new, Waste::new);
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

    @Command(
            name = "usage:waste",
            description = "Show what was asked for beside what was used in seven days, and the limits that would fit.",
            footer = Verb.SSH + "usage:waste -t acme")
    private final class Waste extends TenantVerb {
        Waste() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            List<WasteFacts> report = waste.report(call.principal(), name);
            if (json) {
                call.console().value(report);
                return DONE;
            }
            Table table = new Table("app", "process", "asked", "used", "looks", "would fit");
            report.forEach(line -> table.row(
                    line.app(),
                    line.process(),
                    line.asked().text(),
                    Unit.BYTES.tell(line.usedMemoryBytes()) + ", " + Unit.MILLICORES.tell(line.usedCpuMillis()),
                    line.samples(),
                    line.better().map(limits -> limits.text())));
            call.console().table(table, "No instance was looked at yet.");
            return DONE;
        }
    }
}
