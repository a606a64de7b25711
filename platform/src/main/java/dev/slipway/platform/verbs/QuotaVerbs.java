package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.QuotaCommands;
import dev.slipway.platform.command.QuotaCommands.QuotaRequestFacts;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans, shares of apps, and requests for more. */
@ApplicationScoped
class QuotaVerbs implements VerbGroup {
    private final TenantCommands tenants;
    private final AppCommands apps;
    private final QuotaCommands quotas;

    QuotaVerbs(TenantCommands tenants, AppCommands apps, QuotaCommands quotas) {
        this.tenants = tenants;
        this.apps = apps;
        this.quotas = quotas;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Ask::new, Requests::new, Decide::new, Share::new, Plans::new, DefinePlan::new, GivePlan::new);
    }

    private record Wanted(QuotaResource resource, Optional<Long> limit) {
        static Wanted parse(String pair) {
            String[] parts = pair.split("=", 2);
            if (parts.length != 2) {
                throw new UsageException("Write RESOURCE=LIMIT, for example instances=200.");
            }
            QuotaResource resource = QuotaResource.parse(parts[0]);
            return new Wanted(
                    resource,
                    parts[1].equals("none") ? Optional.empty() : Optional.of(Amount.of(resource.unit(), parts[1])));
        }
    }

    @Command(
            name = "quotas:request",
            description = "Ask operators to raise a limit; asking again changes the open request.",
            footer = Verb.SSH + "quotas:request -t acme instances=200 --reason sale")
    private final class Ask extends TenantVerb {
        @Parameters(paramLabel = "RESOURCE=LIMIT", description = "The limit that is needed.")
        String pair;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "What it is for.")
        String reason;

        Ask() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            Wanted wanted = Wanted.parse(pair);
            long limit = wanted.limit().orElseThrow(() -> new UsageException("Say how much is needed."));
            show(call.console(), List.of(quotas.ask(call.principal(), name, wanted.resource(), limit, reason)));
            return DONE;
        }
    }

    @Command(
            name = "quotas:requests",
            description = "Show a tenant's requests for more; operators see all open ones without -t.",
            footer = Verb.SSH + "quotas:requests -t acme")
    private final class Requests extends Verb {
        @Option(
                names = {"-t", "--tenant"},
                paramLabel = "TENANT",
                description = "The tenant; without it, what waits for an operator.")
        @Nullable
        String tenant;

        @Override
        int run(Call call) {
            show(
                    call.console(),
                    tenant == null
                            ? quotas.openRequests(call.principal())
                            : quotas.requests(call.principal(), TenantName.parse(tenant)));
            return DONE;
        }
    }

    @Command(
            name = "quotas:decide",
            description = "Grant a request, which sets the limit, or decline it (operators).",
            footer = Verb.SSH + "quotas:decide 0198c5a2-7d1e-7c3a-9a55-5f2f1d2f6b10 --grant")
    private final class Decide extends Verb {
        @Parameters(paramLabel = "ID", description = "The request, as quotas:requests shows it.")
        String id;

        @Option(names = "--grant", negatable = true, required = true, description = "Grant it; --no-grant declines it.")
        boolean grant;

        @Override
        int run(Call call) {
            UUID request;
            try {
                request = UUID.fromString(id);
            } catch (IllegalArgumentException e) {
                throw new UsageException("A request is named by its id, as quotas:requests shows it.");
            }
            show(call.console(), List.of(quotas.decide(call.principal(), request, grant)));
            return DONE;
        }
    }

    @Command(
            name = "quotas:share",
            description = "Limit what one app may take of its tenant's (owners); none takes the limit away.",
            footer = Verb.SSH + "quotas:share -a acme/shop memory_bytes=4G instances=none")
    private final class Share extends AppVerb {
        @Parameters(paramLabel = "RESOURCE=LIMIT", arity = "1..*", description = "A limit, or none.")
        List<String> pairs;

        Share() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            List<Wanted> all = pairs.stream().map(Wanted::parse).toList();
            all.forEach(wanted -> quotas.setShare(call.principal(), ref, wanted.resource(), wanted.limit()));
            call.console().line("The share of " + ref + " is set.");
            return DONE;
        }
    }

    @Command(name = "plans", description = "Show the plans with their limits (operators).", footer = Verb.SSH + "plans")
    private final class Plans extends Verb {
        @Override
        int run(Call call) {
            List<QuotaCommands.PlanFacts> all = quotas.plans(call.principal());
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("plan", "tenants", "limits");
            all.forEach(plan -> table.row(plan.name(), plan.tenants(), told(plan.limits())));
            call.console().table(table, "No plans yet: plans:define makes one.");
            return DONE;
        }
    }

    @Command(
            name = "plans:define",
            description = "Define a plan, or change it for all tenants that have it (operators).",
            footer = Verb.SSH + "plans:define team memory_bytes=32G instances=200")
    private final class DefinePlan extends Verb {
        @Parameters(index = "0", paramLabel = "PLAN", description = "Its name.")
        String name;

        @Parameters(index = "1..*", paramLabel = "RESOURCE=LIMIT", arity = "1..*", description = "All its limits.")
        List<String> pairs;

        @Override
        int run(Call call) {
            Map<QuotaResource, Long> limits = new EnumMap<>(QuotaResource.class);
            for (Wanted wanted : pairs.stream().map(Wanted::parse).toList()) {
                wanted.limit().ifPresent(limit -> limits.put(wanted.resource(), limit));
            }
            quotas.definePlan(call.principal(), name, limits);
            call.console().line("Plan " + name + " is defined.");
            return DONE;
        }
    }

    @Command(
            name = "plans:give",
            description = "Give a tenant a plan; default takes it away (operators).",
            footer = Verb.SSH + "plans:give -t acme team")
    private final class GivePlan extends TenantVerb {
        @Parameters(paramLabel = "PLAN", description = "A plan, or default.")
        String plan;

        GivePlan() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            quotas.givePlan(call.principal(), name, plan.equals("default") ? Optional.empty() : Optional.of(plan));
            call.console().line(name + " has the plan " + plan + ".");
            return DONE;
        }
    }

    private static String told(Map<String, Long> limits) {
        StringBuilder text = new StringBuilder();
        limits.forEach((resource, limit) -> text.append(text.isEmpty() ? "" : " ")
                .append(resource)
                .append('=')
                .append(QuotaResource.parse(resource).unit().tell(limit).replace(" ", "")));
        return text.toString();
    }

    private static void show(Console console, List<QuotaRequestFacts> all) {
        if (console.json()) {
            console.value(all);
            return;
        }
        Table table = new Table("id", "tenant", "wanted", "state", "by", "reason");
        all.forEach(request -> table.row(
                request.id(), request.tenant(), request.text(), request.state(), request.askedBy(), request.reason()));
        console.table(table, "No requests.");
    }
}
