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
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What tenants ask operators to raise. One open request for each resource of a tenant: asking again changes it. */
@ApplicationScoped
public class QuotaRequests {
    private static final int LONGEST_REASON = 1_000;
    private static final String COLUMNS = "select r.id, t.name as tenant, r.resource, r.wanted, r.reason, r.asked_at,"
            + " r.asked_by, r.decided_at, r.decided_by, r.granted from quota_request r join tenant t on t.id = r.tenant_id";

    private final Sql sql;
    private final QuotaLedger ledger;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;

    QuotaRequests(Sql sql, QuotaLedger ledger, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.sql = sql;
        this.ledger = ledger;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A request.
     *
     * @param wanted the limit that is asked for, in the resource's unit
     * @param granted whether it was granted; empty while it is open
     */
    public record QuotaRequest(
            UUID id,
            TenantName tenant,
            QuotaResource resource,
            long wanted,
            String reason,
            Instant askedAt,
            String askedBy,
            Optional<Instant> decidedAt,
            Optional<String> decidedBy,
            Optional<Boolean> granted) {}

    /**
     * Asks for a higher limit.
     *
     * @throws dev.slipway.tenancy.access.DeniedException unless the actor may deploy in the tenant
     * @throws NotPossibleException if the tenant has that much already
     */
    @Transactional
    public QuotaRequest ask(Principal actor, TenantName tenant, QuotaResource resource, long wanted, String reason) {
        authorizer.require(actor, Permission.APP_CREATE, Subject.of(tenant));
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new InvalidNameException(
                    "reason", "", "Say what it is for, in 1 to " + LONGEST_REASON + " characters.");
        }
        UUID tenantId = sql.first("select id from tenant where name = ?", row -> row.uuid("id"), tenant.value())
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()));
        long now = ledger.limit(new dev.slipway.tenancy.identity.TenantId(tenantId), resource);
        if (wanted <= now) {
            throw new NotPossibleException(
                    "quota",
                    resource.text(),
                    tenant + " may use " + resource.unit().tell(now) + " of " + resource.title() + " already.");
        }
        UUID id = sql.query(
                        "insert into quota_request (id, tenant_id, resource, wanted, reason, asked_at, asked_by)"
                                + " values (?, ?, ?, ?, ?, ?, ?) on conflict (tenant_id, resource) where decided_at is null"
                                + " do update set wanted = excluded.wanted, reason = excluded.reason,"
                                + " asked_at = excluded.asked_at, asked_by = excluded.asked_by returning id",
                        row -> row.uuid("id"),
                        UUID.randomUUID(),
                        tenantId,
                        resource.text(),
                        wanted,
                        reason.strip(),
                        clock.instant(),
                        actor.label())
                .getFirst();
        record(actor, "quota.request", tenant, resource, wanted);
        return find(id);
    }

    /** A tenant's requests, newest first. */
    public List<QuotaRequest> of(TenantName tenant) {
        return sql.query(
                COLUMNS + " where t.name = ? order by r.asked_at desc limit 200",
                QuotaRequests::request,
                tenant.value());
    }

    /** What operators have to decide, the oldest first. */
    public List<QuotaRequest> open() {
        return sql.query(COLUMNS + " where r.decided_at is null order by r.asked_at limit 200", QuotaRequests::request);
    }

    /**
     * Grants a request, which sets the limit, or declines it.
     *
     * @throws dev.slipway.tenancy.access.DeniedException unless the actor is an operator
     * @throws NotPossibleException if somebody has decided already
     */
    @Transactional
    public QuotaRequest decide(Principal actor, UUID id, boolean grant) {
        authorizer.require(actor, Permission.PLATFORM_OPERATE, Subject.platform());
        QuotaRequest request = find(id);
        int decided = sql.update(
                "update quota_request set decided_at = ?, decided_by = ?, granted = ? where id = ? and decided_at is null",
                clock.instant(),
                actor.label(),
                grant,
                id);
        if (decided == 0) {
            throw new NotPossibleException(
                    "request",
                    id.toString(),
                    "The request has been decided by " + request.decidedBy().orElse("somebody") + ".");
        }
        if (grant) {
            ledger.setLimit(actor, request.tenant(), request.resource(), request.wanted());
        }
        record(actor, grant ? "quota.grant" : "quota.decline", request.tenant(), request.resource(), request.wanted());
        return find(id);
    }

    private QuotaRequest find(UUID id) {
        return sql.first(COLUMNS + " where r.id = ?", QuotaRequests::request, id)
                .orElseThrow(() ->
                        new UnknownNameException("request", id.toString(), "There is no such request for a quota."));
    }

    private void record(Principal actor, String action, TenantName tenant, QuotaResource resource, long wanted) {
        audit.append(AuditEntry.done(
                actor.label(),
                action,
                AuditSubject.tenant(tenant),
                Map.of(AuditField.RESOURCE, resource.text(), AuditField.LIMIT, Long.toString(wanted))));
    }

    private static QuotaRequest request(Row row) throws SQLException {
        return new QuotaRequest(
                row.uuid("id"),
                TenantName.of(row.text("tenant")),
                QuotaResource.parse(row.text("resource")),
                row.number("wanted"),
                row.text("reason"),
                row.instant("asked_at"),
                row.text("asked_by"),
                row.maybeInstant("decided_at"),
                row.maybeText("decided_by"),
                row.maybeText("granted").map("t"::equals));
    }
}
