package dev.slipway.platform.command;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaPlans;
import dev.slipway.tenancy.quota.QuotaRequests;
import dev.slipway.tenancy.quota.QuotaResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Plans, shares of apps, and requests to raise: the doors over tenancy's ledger. */
@ApplicationScoped
public class QuotaCommands {
    private final Authorizer authorizer;
    private final QuotaLedger ledger;
    private final QuotaPlans plans;
    private final QuotaRequests requests;

    QuotaCommands(Authorizer authorizer, QuotaLedger ledger, QuotaPlans plans, QuotaRequests requests) {
        this.authorizer = authorizer;
        this.ledger = ledger;
        this.plans = plans;
        this.requests = requests;
    }

    /**
     * A plan.
     *
     * @param limits by resource, in its unit
     */
    public record PlanFacts(String name, Map<String, Long> limits, long tenants) {}

    /**
     * A request to raise a limit.
     *
     * @param state {@code open}, {@code granted} or {@code declined}
     */
    public record QuotaRequestFacts(
            String id,
            String tenant,
            String resource,
            long wanted,
            String text,
            String reason,
            Instant askedAt,
            String askedBy,
            String state,
            Optional<String> decidedBy) {}

    public List<PlanFacts> plans(Principal principal) {
        authorizer.require(principal, Permission.PLATFORM_VIEW, Subject.platform());
        return plans.list().stream().map(QuotaCommands::facts).toList();
    }

    public PlanFacts plan(Principal principal, String name) {
        authorizer.require(principal, Permission.PLATFORM_VIEW, Subject.platform());
        return found(name)
                .orElseThrow(() ->
                        new UnknownNameException("plan", name, "There is no plan of that name: plans lists them."));
    }

    public void definePlan(Principal principal, String name, Map<QuotaResource, Long> limits) {
        plans.define(principal, name, limits);
    }

    /** As the other, if the plan is what somebody has seen. */
    public void definePlan(
            Principal principal, String name, Map<QuotaResource, Long> limits, Precondition precondition) {
        changePlan(principal, name, precondition, () -> plans.define(principal, name, limits));
    }

    /** Removes a plan that no tenant has, if it is what somebody has seen. */
    public void removePlan(Principal principal, String name, Precondition precondition) {
        changePlan(principal, name, precondition, () -> plans.remove(principal, name));
    }

    private void changePlan(Principal principal, String name, Precondition precondition, Runnable change) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        QuarkusTransaction.requiringNew().run(() -> {
            plans.lock();
            precondition.check(found(name));
            change.run();
        });
    }

    private Optional<PlanFacts> found(String name) {
        return plans.list().stream()
                .filter(plan -> plan.name().equals(name))
                .findFirst()
                .map(QuotaCommands::facts);
    }

    /** Gives a tenant a plan; with none the installation's defaults hold. */
    public void givePlan(Principal principal, TenantName tenant, Optional<String> plan) {
        plans.give(principal, tenant, plan);
    }

    /** Limits one app within its tenant; without a limit it may take all the tenant has. */
    public void setShare(Principal principal, AppRef app, QuotaResource resource, Optional<Long> limit) {
        ledger.setAppLimit(principal, app, resource, limit);
    }

    public QuotaRequestFacts ask(
            Principal principal, TenantName tenant, QuotaResource resource, long wanted, String reason) {
        return facts(requests.ask(principal, tenant, resource, wanted, reason));
    }

    /** A tenant's requests, newest first. */
    public List<QuotaRequestFacts> requests(Principal principal, TenantName tenant) {
        authorizer.require(principal, Permission.TENANT_QUOTAS_READ, Subject.of(tenant));
        return requests.of(tenant).stream().map(QuotaCommands::facts).toList();
    }

    /** Those that wait for an operator, the oldest first. */
    public List<QuotaRequestFacts> openRequests(Principal principal) {
        authorizer.require(principal, Permission.PLATFORM_VIEW, Subject.platform());
        return requests.open().stream().map(QuotaCommands::facts).toList();
    }

    public QuotaRequestFacts decide(Principal principal, UUID request, boolean grant) {
        return facts(requests.decide(principal, request, grant));
    }

    private static PlanFacts facts(QuotaPlans.Plan plan) {
        Map<String, Long> limits = new TreeMap<>();
        plan.limits().forEach((resource, limit) -> limits.put(resource.text(), limit));
        return new PlanFacts(plan.name(), limits, plan.tenants());
    }

    private static QuotaRequestFacts facts(QuotaRequests.QuotaRequest request) {
        return new QuotaRequestFacts(
                request.id().toString(),
                request.tenant().value(),
                request.resource().text(),
                request.wanted(),
                request.resource().title() + ": " + request.resource().unit().tell(request.wanted()),
                request.reason(),
                request.askedAt(),
                request.askedBy(),
                request.granted().map(yes -> yes ? "granted" : "declined").orElse("open"),
                request.decidedBy());
    }
}
