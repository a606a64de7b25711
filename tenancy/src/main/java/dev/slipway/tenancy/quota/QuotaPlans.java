package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Limits by name, such as {@code small} or {@code team}, that operators define and give to tenants. */
@ApplicationScoped
public class QuotaPlans {
    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9]|-(?!-)){0,28}[a-z0-9]|[a-z]");

    private final Sql sql;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;

    QuotaPlans(Sql sql, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.sql = sql;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A plan.
     *
     * @param limits in the resources' units; what it does not name has the installation's default
     * @param tenants how many have it
     */
    public record Plan(String name, Map<QuotaResource, Long> limits, long tenants) {
        public Plan {
            EnumMap<QuotaResource, Long> copy = new EnumMap<>(QuotaResource.class);
            copy.putAll(limits);
            limits = java.util.Collections.unmodifiableMap(copy);
        }
    }

    private record Row(String plan, Optional<String> resource, long hard, long tenants) {}

    /** All plans, by name. */
    public List<Plan> list() {
        Map<String, Plan> plans = new LinkedHashMap<>();
        for (Row row : sql.query(
                "select p.name, l.resource, coalesce(l.hard, 0) as hard,"
                        + " (select count(*) from quota q where q.plan = p.name) as tenants"
                        + " from quota_plan p left join quota_plan_limit l on l.plan = p.name order by p.name",
                row -> new Row(
                        row.text("name"), row.maybeText("resource"), row.number("hard"), row.number("tenants")))) {
            Map<QuotaResource, Long> limits = new EnumMap<>(QuotaResource.class);
            Optional.ofNullable(plans.get(row.plan())).ifPresent(plan -> limits.putAll(plan.limits()));
            row.resource().ifPresent(resource -> limits.put(QuotaResource.parse(resource), row.hard()));
            plans.put(row.plan(), new Plan(row.plan(), limits, row.tenants()));
        }
        return List.copyOf(plans.values());
    }

    /** Keeps others from changing plans, and from giving them to tenants, until the caller's transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void lock() {
        sql.update("lock table quota_plan in share row exclusive mode");
    }

    /**
     * Defines a plan, or changes it for all tenants that have it; what they hold already stays.
     *
     * @throws dev.slipway.tenancy.access.DeniedException unless the actor is an operator
     */
    @Transactional
    public void define(Principal actor, String name, Map<QuotaResource, Long> limits) {
        authorizer.require(actor, Permission.PLATFORM_OPERATE, Subject.platform());
        if (!NAME.matcher(name).matches()) {
            throw new InvalidNameException(
                    "plan",
                    name,
                    "A plan's name has 1 to 30 of a-z, 0-9 and single hyphens, and begins with a letter.");
        }
        limits.forEach((resource, limit) -> {
            if (limit < 0) {
                throw new InvalidNameException("limit", limit.toString(), "A limit cannot be negative.");
            }
        });
        sql.update(
                "insert into quota_plan (name, set_at, set_by) values (?, ?, ?) on conflict (name) do update"
                        + " set set_at = excluded.set_at, set_by = excluded.set_by",
                name,
                clock.instant(),
                actor.label());
        sql.update("delete from quota_plan_limit where plan = ?", name);
        limits.forEach((resource, limit) -> sql.update(
                "insert into quota_plan_limit (plan, resource, hard) values (?, ?, ?)", name, resource.text(), limit));
        audit.append(AuditEntry.done(
                actor.label(), "plan.define", AuditSubject.platform("plan " + name), Map.of(AuditField.NAME, name)));
    }

    /**
     * Removes a plan.
     *
     * @throws NotPossibleException while tenants have it
     */
    @Transactional
    public void remove(Principal actor, String name) {
        authorizer.require(actor, Permission.PLATFORM_OPERATE, Subject.platform());
        Plan plan = list().stream()
                .filter(some -> some.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        if (plan.tenants() > 0) {
            throw new NotPossibleException(
                    "plan", name, plan.tenants() + " tenants have the plan " + name + ": give them another first.");
        }
        sql.update("delete from quota_plan where name = ?", name);
        audit.append(AuditEntry.done(
                actor.label(), "plan.remove", AuditSubject.platform("plan " + name), Map.of(AuditField.NAME, name)));
    }

    /** Gives a tenant a plan, or with none the installation's defaults; its own limits stay. */
    @Transactional
    public void give(Principal actor, TenantName tenant, Optional<String> plan) {
        authorizer.require(actor, Permission.TENANT_QUOTAS_WRITE, Subject.of(tenant));
        plan.ifPresent(name -> {
            if (list().stream().noneMatch(some -> some.name().equals(name))) {
                throw unknown(name);
            }
        });
        int changed = sql.update(
                "update quota set plan = ? where tenant_id = (select id from tenant where name = ?)",
                plan.orElse(null),
                tenant.value());
        if (changed == 0) {
            throw new UnknownNameException(
                    "tenant", tenant.value(), Subject.of(tenant).unknown());
        }
        audit.append(AuditEntry.done(
                actor.label(),
                "plan.give",
                AuditSubject.tenant(tenant),
                Map.of(AuditField.NAME, plan.orElse("default"))));
    }

    /** The plan of a tenant. */
    public Optional<String> of(TenantName tenant) {
        return sql.first(
                "select q.plan from quota q join tenant t on t.id = q.tenant_id where t.name = ? and q.plan is not null",
                row -> row.text("plan"),
                tenant.value());
    }

    private static UnknownNameException unknown(String name) {
        return new UnknownNameException("plan", name, "There is no plan " + name + ": plans lists them.");
    }
}
