package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditPage;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tenants, their members, quotas and audit: the doors over what tenancy keeps. */
@ApplicationScoped
public class TenantCommands {
    private final Authorizer authorizer;
    private final Tenants tenants;
    private final QuotaLedger quotas;
    private final AuditLog audit;

    TenantCommands(Authorizer authorizer, Tenants tenants, QuotaLedger quotas, AuditLog audit) {
        this.authorizer = authorizer;
        this.tenants = tenants;
        this.quotas = quotas;
        this.audit = audit;
    }

    /** A tenant. */
    public record TenantFacts(String tenant, Instant createdAt) {}

    /** A person in a tenant. */
    public record MemberFacts(String name, String role, boolean disabled, Instant since) {}

    /**
     * One line of a tenant's quotas.
     *
     * @param resource {@code memory_bytes}
     * @param used in the resource's unit
     * @param limit in the resource's unit
     * @param text for people: {@code 512 MB of 16 GB}
     */
    public record QuotaFacts(String resource, long used, long limit, boolean ownLimit, String text) {}

    /** The tenants whose apps the principal may look for, by name. */
    public List<TenantName> visible(Principal principal) {
        return switch (principal) {
            case Principal.Robot robot ->
                robot.token().reach().tenant().stream().toList();
            case Principal.Person person -> ofPerson(person);
            case Principal.PlatformProcess process ->
                tenants.list().stream().map(Tenant::name).toList();
        };
    }

    private List<TenantName> ofPerson(Principal.Person person) {
        boolean all = authorizer
                .decide(person, Permission.PLATFORM_VIEW, Subject.platform())
                .allowed();
        List<TenantName> candidates =
                all ? tenants.list().stream().map(Tenant::name).toList() : tenants.visibleTo(person.id());
        Optional<TenantName> only = person.pass().flatMap(pass -> pass.reach().tenant());
        return candidates.stream()
                .filter(name -> only.isEmpty() || only.get().equals(name))
                .toList();
    }

    public List<TenantFacts> list(Principal principal) {
        Set<TenantName> visible = Set.copyOf(visible(principal));
        return tenants.list().stream()
                .filter(tenant -> visible.contains(tenant.name()))
                .map(TenantCommands::facts)
                .toList();
    }

    /** Creates a tenant; tenancy asks whether the principal may. */
    public TenantFacts create(Principal principal, TenantName name) {
        return facts(tenants.create(principal, name));
    }

    public List<MemberFacts> members(Principal principal, TenantName tenant) {
        enter(principal, Permission.TENANT_VIEW, tenant);
        return tenants.members(tenant).stream()
                .map(member ->
                        new MemberFacts(member.name().value(), member.role().text(), member.disabled(), member.since()))
                .toList();
    }

    public void addMember(Principal principal, TenantName tenant, PersonName person, Role role) {
        tenants.addMember(principal, tenant, person, role);
    }

    public void removeMember(Principal principal, TenantName tenant, PersonName person) {
        tenants.removeMember(principal, tenant, person);
    }

    public List<QuotaFacts> quotas(Principal principal, TenantName tenant) {
        Tenant found = enter(principal, Permission.TENANT_QUOTAS_READ, tenant);
        return quotas.usage(found.id()).stream()
                .map(usage -> new QuotaFacts(
                        usage.resource().text(),
                        usage.used(),
                        usage.limit(),
                        usage.ownLimit(),
                        usage.resource().unit().tell(usage.used()) + " of "
                                + usage.resource().unit().tell(usage.limit())))
                .toList();
    }

    /**
     * Gives a tenant a limit of its own.
     *
     * @param limit in the resource's unit; empty for the installation's default
     */
    public void setQuota(Principal principal, TenantName tenant, QuotaResource resource, Optional<Long> limit) {
        if (limit.isPresent()) {
            quotas.setLimit(principal, tenant, resource, limit.get());
        } else {
            quotas.clearLimit(principal, tenant, resource);
        }
    }

    /** What was done in a tenant, newest first. */
    public Page<AuditRecord> audit(Principal principal, TenantName tenant, Optional<String> cursor, int limit) {
        return audit(principal, tenant, Optional.empty(), Optional.empty(), cursor, limit);
    }

    /**
     * What was done in a tenant, newest first.
     *
     * @param actor only by this one, {@code person:ada}
     * @param action only this ({@code app.create}), or all that begin so up to a dot ({@code app.})
     */
    public Page<AuditRecord> audit(
            Principal principal,
            TenantName tenant,
            Optional<String> actor,
            Optional<String> action,
            Optional<String> cursor,
            int limit) {
        enter(principal, Permission.TENANT_AUDIT, tenant);
        AuditQuery all = AuditQuery.newest(new PageRequest(Integer.MAX_VALUE, limit).limit())
                .withTenant(tenant);
        AuditQuery byActor = actor.map(all::withActor).orElse(all);
        AuditQuery query = action.map(byActor::withAction).orElse(byActor);
        AuditPage found = audit.search(
                cursor.map(TenantCommands::place).map(query::withBefore).orElse(query));
        return new Page<>(found.entries(), found.next().map(String::valueOf));
    }

    private static long place(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException("The cursor is not one that this list gave; begin without one.");
        }
    }

    private Tenant enter(Principal principal, Permission permission, TenantName tenant) {
        authorizer.require(principal, permission, Subject.of(tenant));
        return tenants.find(tenant)
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()));
    }

    private static TenantFacts facts(Tenant tenant) {
        return new TenantFacts(tenant.name().value(), tenant.createdAt());
    }
}
