package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AuditCommands;
import dev.slipway.platform.command.AuditCommands.AuditFilter;
import dev.slipway.platform.command.AuditCommands.AuditVerdict;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The record of who did what. */
@ApplicationScoped
class AuditVerbs implements VerbGroup {
    private final TenantCommands tenants;
    private final AuditCommands audit;

    AuditVerbs(TenantCommands tenants, AuditCommands audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Search::new, Export::new, Verify::new);
    }

    @Command(
            name = "audit",
            description = "Show what was done in a tenant, newest first.",
            footer = Verb.SSH + "audit -t acme -n 50 --by person:ada")
    private final class Search extends TenantVerb {
        @Option(names = "-n", paramLabel = "N", defaultValue = "20", description = "How many to show; 20 if not said.")
        int limit;

        @Option(names = "--before", paramLabel = "CURSOR", description = "Only those older than this one.")
        @Nullable
        String before;

        @Option(names = "--by", paramLabel = "ACTOR", description = "Only what this one did, such as person:ada.")
        @Nullable
        String actor;

        @Option(
                names = "--action",
                paramLabel = "ACTION",
                description = "Only this, such as app.create, or app. for all.")
        @Nullable
        String action;

        @Option(names = "--from", paramLabel = "TIME", description = "Not before.")
        @Nullable
        String from;

        @Option(names = "--to", paramLabel = "TIME", description = "Before.")
        @Nullable
        String to;

        Search() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            AuditFilter filter = new AuditFilter(
                    Optional.of(name),
                    Optional.ofNullable(actor),
                    Optional.ofNullable(action),
                    Optional.ofNullable(from),
                    Optional.ofNullable(to));
            Page<AuditRecord> page = audit.search(call.principal(), filter, Optional.ofNullable(before), limit);
            if (json) {
                call.console().value(page);
                return DONE;
            }
            Table table = new Table("at", "actor", "action", "subject", "outcome", "details");
            page.items()
                    .forEach(entry -> table.row(
                            entry.at(),
                            entry.actor(),
                            entry.action(),
                            entry.subject(),
                            entry.outcome().name().toLowerCase(Locale.ROOT),
                            details(entry)));
            call.console().table(table, "Nothing yet.");
            page.next().ifPresent(next -> call.console().line("Older ones: --before " + next));
            return DONE;
        }
    }

    @Command(
            name = "audit:export",
            description = "Print the record as lines of JSON, newest first; operators get all of it without -t.",
            footer = Verb.SSH + "audit:export -t acme")
    private final class Export extends Verb {
        @Option(
                names = {"-t", "--tenant"},
                paramLabel = "TENANT",
                description = "The tenant; without it, the whole installation's.")
        @Nullable
        String tenant;

        @Override
        int run(Call call) {
            AuditFilter filter = new AuditFilter(
                    Optional.ofNullable(tenant).map(TenantName::parse),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            audit.export(call.principal(), filter).to(entry -> {
                call.console().value(entry);
                return !Thread.currentThread().isInterrupted();
            });
            return DONE;
        }
    }

    @Command(
            name = "audit:verify",
            description = "Prove that the record is as it was written (operators).",
            footer = Verb.SSH + "audit:verify")
    private final class Verify extends Verb {
        @Override
        int run(Call call) {
            AuditVerdict verdict = audit.verify(call.principal());
            if (json) {
                call.console().value(verdict);
            } else if (verdict.intact()) {
                call.console()
                        .line("All " + verdict.entries() + " entries are as they were written. The last one's hash is "
                                + verdict.headHash().orElse("") + ".");
            } else {
                call.console()
                        .line("The record was changed: at entry " + verdict.entries() + ". "
                                + verdict.reason().orElse(""));
            }
            return verdict.intact() ? DONE : FAILED;
        }
    }

    private static String details(AuditRecord entry) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(entry.details())
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : " ")
                        .append(name)
                        .append('=')
                        .append(value));
        return text.toString();
    }
}
