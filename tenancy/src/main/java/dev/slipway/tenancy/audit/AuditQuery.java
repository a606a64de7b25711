package dev.slipway.tenancy.audit;

import dev.slipway.tenancy.identity.TenantName;
import java.time.Instant;
import java.util.Optional;

/**
 * What to look for; empty parts match everything.
 *
 * @param action a whole action ({@code app.create}) or its beginning up to a dot ({@code app.})
 * @param from earliest time, included
 * @param to latest time, left out
 * @param before cursor: only entries with a smaller place in the chain
 * @param limit 1 to 1,000 entries
 */
public record AuditQuery(
        Optional<TenantName> tenant,
        Optional<String> actor,
        Optional<String> action,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Long> before,
        int limit) {
    private static final int MOST = 1_000;

    public AuditQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("A page of audit holds 1 to " + MOST + " entries: limit=" + limit);
        }
    }

    /** The newest entries of everything. */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    public AuditQuery withTenant(TenantName name) {
        return new AuditQuery(Optional.of(name), actor, action, from, to, before, limit);
    }

    public AuditQuery withActor(String label) {
        return new AuditQuery(tenant, Optional.of(label), action, from, to, before, limit);
    }

    public AuditQuery withAction(String name) {
        return new AuditQuery(tenant, actor, Optional.of(name), from, to, before, limit);
    }

    public AuditQuery withBefore(long seq) {
        return new AuditQuery(tenant, actor, action, from, to, Optional.of(seq), limit);
    }

    public AuditQuery withTimes(Instant first, Instant end) {
        return new AuditQuery(tenant, actor, action, Optional.of(first), Optional.of(end), before, limit);
    }
}
