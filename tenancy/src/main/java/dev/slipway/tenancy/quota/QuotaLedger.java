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
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.ReservationOutcome.Refused;
import dev.slipway.tenancy.quota.ReservationOutcome.Reserved;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
        return hold(tenant, app, key, amounts, true);
    }

    /**
     * Like {@link #reserve}, for what is there or used already, such as the minutes that a build took: never refused, and what
     * is above the limit keeps others out.
     */
    @Transactional
    public void hold(TenantId tenant, Optional<AppId> app, ReservationKey key, QuotaResource resource, long amount) {
        hold(tenant, app, key, Amounts.of(resource, amount), false);
    }

    private ReservationOutcome hold(
            TenantId tenant, Optional<AppId> app, ReservationKey key, Amounts amounts, boolean refuse) {
        for (QuotaResource resource : amounts.values().keySet()) {
            if (resource.nature() == QuotaResource.Nature.RATE) {
                throw new IllegalArgumentException("A rate is not reserved: resource=" + resource.text());
            }
        }
        if (!store.lock(tenant)) {
            throw new UnknownNameException("tenant", tenant.toString(), "There is no tenant " + tenant + ".");
        }
        Instant now = clock.instant();
        Map<QuotaResource, Long> differences = new EnumMap<>(QuotaResource.class);
        List<QuotaStore.Line> near = new ArrayList<>();
        List<QuotaResource> asked = amounts.values().keySet().stream().sorted().toList();
        for (QuotaStore.Line line : store.lines(tenant, app, key, asked, now)) {
            long more = amounts.values().getOrDefault(line.resource(), 0L) - line.held();
            if (more < 0 && line.resource().nature() == QuotaResource.Nature.MONTHLY) {
                continue; // What a month has seen is not given back.
            }
            long limit = line.limit().orElseGet(() -> defaults.of(line.resource()));
            if (refuse
                    && more > 0
                    && line.appLimit()
                            .filter(most -> more > most - line.appUsed())
                            .isPresent()) {
                return refusedByApp(tenant, app.orElseThrow(), line, more);
            }
            if (refuse && more > 0 && more > limit - line.used()) {
                return refused(tenant, line, limit, more);
            }
            if (more != 0) {
                differences.put(line.resource(), more);
            }
            long soft = line.soft().orElseGet(() -> defaults.soft(limit));
            if (line.used() < soft && line.used() + more >= soft) {
                near.add(line);
            }
        }
        if (!differences.isEmpty()) {
            store.hold(tenant, app, key, amounts.values(), differences, now);
        }
        for (QuotaStore.Line line : near) {
            tell(tenant, line, line.used() + differences.getOrDefault(line.resource(), 0L));
        }
        return new Reserved();
    }

    /** Little is left: said once each time that the soft limit is passed, in the tenant's own record. */
    private void tell(TenantId tenant, QuotaStore.Line line, long used) {
        audit.append(AuditEntry.done(
                "platform:quota",
                "quota.notice",
                AuditSubject.tenant(TenantName.of(store.name(tenant))),
                Map.of(
                        AuditField.RESOURCE, line.resource().text(),
                        AuditField.AMOUNT, Long.toString(used),
                        AuditField.LIMIT, Long.toString(line.limit().orElseGet(() -> defaults.of(line.resource()))))));
    }

    /** What would be refused if more were asked for now; holds nothing. */
    public Optional<Refused> foresee(TenantId tenant, QuotaResource resource, long more) {
        ReservationKey none = ReservationKey.app(tenant.value());
        for (QuotaStore.Line line : store.lines(tenant, Optional.empty(), none, List.of(resource), clock.instant())) {
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
            store.release(tenant, key, clock.instant());
        });
    }

    /** All resources of a tenant with use and limit, in the order of the table. */
    public List<Usage> usage(TenantId tenant) {
        return store
                .lines(
                        tenant,
                        Optional.empty(),
                        ReservationKey.app(tenant.value()),
                        Arrays.asList(QuotaResource.values()),
                        clock.instant())
                .stream()
                .map(this::usage)
                .sorted((a, b) -> a.resource().compareTo(b.resource()))
                .toList();
    }

    private Usage usage(QuotaStore.Line line) {
        long limit = line.limit().orElseGet(() -> defaults.of(line.resource()));
        return new Usage(
                line.resource(),
                line.used(),
                limit,
                line.own().isPresent(),
                line.soft().orElseGet(() -> defaults.soft(limit)));
    }

    /** The limit that holds for a tenant now; for a rate, the most that each of its apps may do. */
    public long limit(TenantId tenant, QuotaResource resource) {
        return store.limit(tenant, resource).orElseGet(() -> defaults.of(resource));
    }

    /** What one app may take: its own limit if it has a lower one, else the tenant's. */
    public long limit(TenantId tenant, AppId app, QuotaResource resource) {
        long most = limit(tenant, resource);
        return store.limit(app, resource).map(own -> Math.min(own, most)).orElse(most);
    }

    /**
     * Limits one app within its tenant, or takes that limit away.
     *
     * @param hard in the resource's unit; empty for none
     * @throws dev.slipway.tenancy.access.DeniedException unless the actor may manage the tenant's members: an owner
     */
    @Transactional
    public void setAppLimit(Principal actor, AppRef ref, QuotaResource resource, Optional<Long> hard) {
        authorizer.require(actor, Permission.TENANT_MEMBERS, Subject.of(ref.tenant()));
        TenantId tenant = existing(ref.tenant());
        AppId app = store.app(tenant, ref.app().value())
                .orElseThrow(() -> new UnknownNameException(
                        "app", ref.toString(), Subject.of(ref).unknown()));
        store.lock(tenant);
        hard.ifPresentOrElse(
                limit -> store.setLimit(app, resource, notNegative(limit), actor.label(), clock.instant()),
                () -> store.clearLimit(app, resource));
        audit.append(AuditEntry.done(
                actor.label(),
                "quota.set",
                AuditSubject.app(ref),
                Map.of(
                        AuditField.RESOURCE,
                        resource.text(),
                        AuditField.LIMIT,
                        hard.map(String::valueOf).orElse("none"))));
    }

    /**
     * Says from where on a tenant with a limit of its own is told that little is left.
     *
     * @throws InvalidNameException if the tenant has no limit of its own for it
     */
    @Transactional
    public void setSoft(Principal actor, TenantName tenant, QuotaResource resource, long soft) {
        TenantId id = changeable(actor, tenant);
        if (usage(id).stream().noneMatch(usage -> usage.resource() == resource && usage.ownLimit())) {
            throw new InvalidNameException(
                    "limit",
                    Long.toString(soft),
                    tenant + " has no limit of its own for " + resource.title() + ": set that first.");
        }
        store.setSoft(id, resource, notNegative(soft));
        record(actor, tenant, resource, "soft " + soft);
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
        store.setLimit(id, resource, notNegative(hard), actor.label(), clock.instant());
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
        TenantId id = existing(tenant);
        store.lock(id);
        return id;
    }

    private TenantId existing(TenantName tenant) {
        return store.tenant(tenant.value())
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()));
    }

    private static long notNegative(long limit) {
        if (limit < 0) {
            throw new InvalidNameException("limit", Long.toString(limit), "A limit cannot be negative.");
        }
        return limit;
    }

    private void record(Principal actor, TenantName tenant, QuotaResource resource, String limit) {
        audit.append(AuditEntry.done(
                actor.label(),
                "quota.set",
                AuditSubject.tenant(tenant),
                Map.of(AuditField.RESOURCE, resource.text(), AuditField.LIMIT, limit)));
    }

    private Refused refusedByApp(TenantId tenant, AppId app, QuotaStore.Line line, long more) {
        QuotaResource resource = line.resource();
        long limit = line.appLimit().orElseThrow();
        String sentence = RefusalSentence.ofApp(store.name(tenant), resource, limit, line.appUsed(), more);
        return new Refused(resource, limit, line.appUsed(), more, sentence);
    }

    private Refused refused(TenantId tenant, QuotaStore.Line line, long limit, long more) {
        QuotaResource resource = line.resource();
        List<QuotaStore.User> users = store.users(tenant, resource, USERS_TOLD);
        String sentence = RefusalSentence.of(store.name(tenant), resource, limit, line.used(), more, users);
        return new Refused(resource, limit, line.used(), more, sentence);
    }
}
