package dev.slipway.platform.verbs;

import dev.slipway.platform.command.TenantCommands;
import dev.slipway.platform.command.TenantCommands.QuotaFacts;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code quotas}, {@code quotas:set}: what a tenant uses of what it may. */
@ApplicationScoped
class OverviewVerbs implements VerbGroup {
    private final TenantCommands tenants;

    OverviewVerbs(TenantCommands tenants) {
        this.tenants = tenants;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Quotas::new, SetQuota::new);
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
                        parts[1].equals("default")
                                ? Optional.empty()
                                : Optional.of(Amount.of(resource.unit(), parts[1])));
            }
            limits.forEach((resource, limit) -> tenants.setQuota(call.principal(), name, resource, limit));
            show(call.console(), tenants.quotas(call.principal(), name));
            return DONE;
        }
    }
}
