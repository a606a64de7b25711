package dev.slipway.platform.verbs;

import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.platform.command.TenantCommands.QuotaFacts;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quotas}, {@code quotas:set}, {@code audit}: what a tenant uses and what was done in it. */
@ApplicationScoped
class OverviewVerbs implements VerbGroup {
    private final TenantCommands tenants;

    OverviewVerbs(TenantCommands tenants) {
        this.tenants = tenants;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Quotas::new, SetQuota::new, Audit::new);
    }

    @Command(
            name = "quotas",
            description = "Show what a tenant uses of what it may.",
            footer = Verb.SSH + "quotas -t acme")
    private final class Quotas extends TenantVerb {
        Quotas() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            show(call.console(), tenants.quotas(call.principal(), name));
            return DONE;
        }
    }

    private static void show(Console console, List<QuotaFacts> all) {
        if (console.json()) {
            console.value(all);
            return;
        }
        Table table = new Table("resource", "used", "limit set");
        all.forEach(
                quota -> table.row(quota.resource(), quota.text(), quota.ownLimit() ? "for this tenant" : "default"));
        console.table(table, "");
    }

    @Command(
            name = "quotas:set",
            description = "Change what a tenant may use (operators).",
            footer = Verb.SSH + "quotas:set -t acme memory_bytes=32G instances=200 apps=default")
    private final class SetQuota extends TenantVerb {
        @Parameters(paramLabel = "RESOURCE=LIMIT", arity = "1..*", description = "A limit, or default.")
        List<String> pairs;

        SetQuota() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            Map<QuotaResource, Optional<Long>> limits = new LinkedHashMap<>();
            for (String pair : pairs) {
                String[] parts = pair.split("=", 2);
                if (parts.length != 2) {
                    throw new UsageException("Write RESOURCE=LIMIT, for example instances=200.");
                }
                QuotaResource resource = QuotaResource.parse(parts[0]);
                limits.put(
                        resource,
                        parts[1].equals("default") ? Optional.empty() : Optional.of(amount(resource.unit(), parts[1])));
            }
            limits.forEach((resource, limit) -> tenants.setQuota(call.principal(), name, resource, limit));
            show(call.console(), tenants.quotas(call.principal(), name));
            return DONE;
        }
    }

    private static long amount(Unit unit, String text) {
        return switch (unit) {
            case COUNT, PER_SECOND -> Amount.count(text);
            case MILLICORES -> Amount.cpuMillis(text);
            case BYTES, BYTES_PER_SECOND -> Amount.bytes(text);
        };
    }

    @Command(
            name = "audit",
            description = "Show what was done in a tenant, newest first.",
            footer = Verb.SSH + "audit -t acme -n 50")
    private final class Audit extends TenantVerb {
        @Option(names = "-n", paramLabel = "N", defaultValue = "20", description = "How many to show; 20 if not said.")
        int limit;

        @Option(names = "--before", paramLabel = "CURSOR", description = "Only those older than this one.")
        @Nullable
        String before;

        Audit() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            Page<AuditRecord> page = tenants.audit(call.principal(), name, Optional.ofNullable(before), limit);
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
