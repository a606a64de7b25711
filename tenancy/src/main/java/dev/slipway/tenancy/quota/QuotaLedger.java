package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.ReservationOutcome.Refused;
import dev.slipway.tenancy.quota.ReservationOutcome.Reserved;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What each tenant holds, kept in the transaction of the intent (architecture.md, rule 4): the tenant's quota row is
 * locked, compared and moved, so that no number of threads or processes exceeds a limit or leaks (decision 0053). A
 * transaction must not touch the ledger of two tenants.
 */
@ApplicationScoped
public class QuotaLedger {
    private static final int USERS_TOLD = 3;

    private final QuotaStore store;
    private final QuotaDefaults defaults;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;

    QuotaLedger(QuotaStore store, QuotaDefaults defaults, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.store = store;
        this.defaults = defaults;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /** Opens the ledger of a new tenant. */
    @Transactional
    public void open(TenantId tenant) {
        store.open(tenant);
    }

    /** Reserves for one app; see {@link #reserve(TenantId, Optional, ReservationKey, Amounts)}. */
    @Transactional
    public ReservationOutcome reserve(TenantId tenant, AppId app, ReservationKey key, Amounts amounts) {
        return reserve(tenant, Optional.of(app), key, amounts);
    }

    /**
     * Makes {@code key} hold exactly {@code amounts} of the resources named there, all or none. Doing it twice counts
     * once; doing it with other amounts moves by the difference, and a smaller amount is never refused.
     *
     * @throws UnknownNameException if the tenant has no ledger
     * @throws IllegalArgumentException for a rate: nothing of it can be held
     */
    @Transactional
    public ReservationOutcome reserve(TenantId tenant, Optional<AppId> app, ReservationKey key, Amounts amounts) {
        for (QuotaResource resource : amounts.values().keySet()) {
            if (resource.nature() == QuotaResource.Nature.RATE) {
                throw new IllegalArgumentException("A rate is not reserved: resource=" + resource.text());
            }
        }
        if (!store.lock(tenant)) {
            throw new UnknownNameException("tenant", tenant.toString(), "There is no tenant " + tenant + ".");
        }
        Map<QuotaResource, Long> differences = new EnumMap<>(QuotaResource.class);
        List<QuotaResource> asked = amounts.values().keySet().stream().sorted().toList();
        for (QuotaStore.Line line : store.lines(tenant, key, asked)) {
            long more = amounts.values().getOrDefault(line.resource(), 0L) - line.held();
            long limit = line.limit().orElseGet(() -> defaults.of(line.resource()));
            if (more > 0 && more > limit - line.used()) {
                return refused(tenant, line, limit, more);
            }
            if (more != 0) {
                differences.put(line.resource(), more);
            }
        }
        if (!differences.isEmpty()) {
            store.hold(tenant, app, key, amounts.values(), differences, clock.instant());
        }
        return new Reserved();
    }

    /** Like {@link #reserve}, for what is there already and must be counted: never refused. */
    @Transactional
    public void hold(TenantId tenant, Optional<AppId> app, ReservationKey key, QuotaResource resource, long amount) {
        store.lock(tenant);
        for (QuotaStore.Line line : store.lines(tenant, key, List.of(resource))) {
            long more = amount - line.held();
            if (more != 0) {
                store.hold(tenant, app, key, Map.of(resource, amount), Map.of(resource, more), clock.instant());
            }
        }
    }

    /** What would be refused if more were asked for now; holds nothing. */
    public Optional<Refused> foresee(TenantId tenant, QuotaResource resource, long more) {
        ReservationKey none = ReservationKey.app(tenant.value());
        for (QuotaStore.Line line : store.lines(tenant, none, List.of(resource))) {
            long limit = line.limit().orElseGet(() -> defaults.of(resource));
            if (more > limit - line.used()) {
                return Optional.of(refused(tenant, line, limit, more));
            }
        }
        return Optional.empty();
    }

    /** The ids of all keys of a kind under which a tenant holds something. */
    public Set<UUID> keys(TenantId tenant, String kind) {
        return store.keys(tenant, kind);
    }

    /** Gives back everything that the key holds; nothing happens if it holds nothing. */
    @Transactional
    public void release(ReservationKey key) {
        store.holder(key).ifPresent(tenant -> {
            store.lock(tenant);
            store.release(tenant, key);
        });
    }

    /** All resources of a tenant with use and limit, in the order of the table. */
    public List<Usage> usage(TenantId tenant) {
        return store.lines(tenant, ReservationKey.app(tenant.value()), Arrays.asList(QuotaResource.values())).stream()
                .map(line -> new Usage(
                        line.resource(),
                        line.used(),
                        line.limit().orElseGet(() -> defaults.of(line.resource())),
                        line.limit().isPresent()))
                .sorted((a, b) -> a.resource().compareTo(b.resource()))
                .toList();
    }

    /** The limit that holds for a tenant now; for a rate, the most that each of its apps may do. */
    public long limit(TenantId tenant, QuotaResource resource) {
        return store.limit(tenant, resource).orElseGet(() -> defaults.of(resource));
    }

    /**
     * Gives a tenant a limit of its own; what it holds already stays, also if that is more.
     *
     * @param hard in the resource's unit, zero or more
     * @throws dev.slipway.tenancy.access.DeniedException unless the actor may write quotas
     */
    @Transactional
    public void setLimit(Principal actor, TenantName tenant, QuotaResource resource, long hard) {
        TenantId id = changeable(actor, tenant);
        if (hard < 0) {
            throw new InvalidNameException("limit", Long.toString(hard), "A limit cannot be negative.");
        }
        store.setLimit(id, resource, hard, actor.label(), clock.instant());
        record(actor, tenant, resource, Long.toString(hard));
    }

    /** Takes a tenant's own limit away, so that the default holds again. */
    @Transactional
    public void clearLimit(Principal actor, TenantName tenant, QuotaResource resource) {
        store.clearLimit(changeable(actor, tenant), resource);
        record(actor, tenant, resource, "default");
    }

    private TenantId changeable(Principal actor, TenantName tenant) {
        authorizer.require(actor, Permission.TENANT_QUOTAS_WRITE, Subject.of(tenant));
        TenantId id = store.tenant(tenant.value())
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()));
        store.lock(id);
        return id;
    }

    private void record(Principal actor, TenantName tenant, QuotaResource resource, String limit) {
        audit.append(AuditEntry.done(
                actor.label(),
                "quota.set",
                AuditSubject.tenant(tenant),
                Map.of(AuditField.RESOURCE, resource.text(), AuditField.LIMIT, limit)));
    }

    private Refused refused(TenantId tenant, QuotaStore.Line line, long limit, long more) {
        QuotaResource resource = line.resource();
        List<QuotaStore.User> users = store.users(tenant, resource, USERS_TOLD);
        String sentence = RefusalSentence.of(store.name(tenant), resource, limit, line.used(), more, users);
        return new Refused(resource, limit, line.used(), more, sentence);
    }
}
