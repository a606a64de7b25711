package dev.slipway.tenancy.app;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.Amounts;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.ReservationKey;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The apps there are. Changes ask the {@link Authorizer}; reads do not: their doors have asked. */
@ApplicationScoped
public class Apps {
    private final AppRows rows;
    private final Tenants tenants;
    private final QuotaLedger quota;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;

    Apps(AppRows rows, Tenants tenants, QuotaLedger quota, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.rows = rows;
        this.tenants = tenants;
        this.quota = quota;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Creates an app and counts it.
     *
     * @throws dev.slipway.tenancy.access.DeniedException if the actor may not
     * @throws NameTakenException if a live app has the name
     * @throws dev.slipway.tenancy.quota.QuotaExceededException if the tenant has as many apps as it may
     */
    @Transactional
    public App create(Principal actor, AppRef ref) {
        authorizer.require(actor, Permission.APP_CREATE, Subject.of(ref));
        Tenant tenant = tenants.find(ref.tenant())
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", ref.tenant().value(), Subject.of(ref.tenant()).unknown()));
        refuseTaken(tenant, ref);
        AppId id = AppId.random();
        // The ledger's lock makes creations of one tenant wait for each other, hence the second look.
        quota.reserve(tenant.id(), Optional.empty(), ReservationKey.app(id.value()), Amounts.of(QuotaResource.APPS, 1))
                .orThrow();
        refuseTaken(tenant, ref);
        AppEntity row = new AppEntity();
        row.id = id.value();
        row.tenantId = tenant.id().value();
        row.name = ref.app().value();
        row.createdAt = now();
        row.createdBy = actor.label();
        rows.persistAndFlush(row);
        audit.append(AuditEntry.done(actor.label(), "app.create", AuditSubject.app(ref), Map.of()));
        return app(row, ref.tenant());
    }

    /** The live app of that name. */
    @Transactional
    public Optional<App> find(AppRef ref) {
        return rows.live(ref.tenant().value(), ref.app().value()).map(row -> app(row, ref.tenant()));
    }

    /** The app with the id, also if it is destroyed. */
    @Transactional
    public Optional<App> byId(AppId id) {
        return rows.findByIdOptional(id.value())
                .flatMap(row -> tenants.byId(new TenantId(row.tenantId)).map(tenant -> app(row, tenant.name())));
    }

    /** The live apps of a tenant, by name. */
    @Transactional
    public List<App> list(TenantName name) {
        return rows.live(name.value()).stream().map(row -> app(row, name)).toList();
    }

    /** The live apps of some tenants, by tenant and name. */
    @Transactional
    public List<App> list(Collection<TenantName> names) {
        if (names.size() == 1) {
            return list(names.iterator().next());
        }
        Map<UUID, TenantName> wanted = new HashMap<>();
        Set<TenantName> some = Set.copyOf(names);
        tenants.list().stream()
                .filter(tenant -> some.contains(tenant.name()))
                .forEach(tenant -> wanted.put(tenant.id().value(), tenant.name()));
        if (wanted.isEmpty()) {
            return List.of();
        }
        return rows.live(wanted.keySet()).stream()
                .map(row -> app(row, Objects.requireNonNull(wanted.get(row.tenantId))))
                .sorted(Comparator.comparing((App app) -> app.ref().tenant())
                        .thenComparing(app -> app.ref().app().value()))
                .toList();
    }

    /**
     * Destroys an app: its name is free again, its row stays. What it has elsewhere is for other rooms to end.
     *
     * @throws dev.slipway.tenancy.access.DeniedException if the actor may not
     * @throws UnknownNameException if there is no such live app
     */
    @Transactional
    public App destroy(Principal actor, AppRef ref) {
        authorizer.require(actor, Permission.APP_DESTROY, Subject.of(ref));
        AppEntity row = tenants.find(ref.tenant())
                .flatMap(tenant -> rows.live(tenant.id().value(), ref.app().value()))
                .orElseThrow(() -> new UnknownNameException(
                        "app", ref.toString(), Subject.of(ref).unknown()));
        row.destroyedAt = now();
        row.destroyedBy = actor.label();
        rows.flush();
        quota.release(ReservationKey.app(row.id));
        audit.append(AuditEntry.done(actor.label(), "app.destroy", AuditSubject.app(ref), Map.of()));
        return app(row, ref.tenant());
    }

    private void refuseTaken(Tenant tenant, AppRef ref) {
        if (rows.live(tenant.id().value(), ref.app().value()).isPresent()) {
            throw new NameTakenException(
                    "app",
                    ref.toString(),
                    "There is an app " + ref + " already: choose another name, or destroy that one first.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static App app(AppEntity row, TenantName tenant) {
        AppRef ref = new AppRef(tenant, AppName.of(row.name));
        return new App(
                new AppId(row.id),
                new TenantId(row.tenantId),
                ref,
                row.createdAt,
                Optional.ofNullable(row.destroyedAt));
    }
}
