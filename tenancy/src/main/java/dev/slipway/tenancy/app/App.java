package dev.slipway.tenancy.app;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * An app as an owned name.
 *
 * @param destroyedAt set for apps of the past, which only {@link Apps#byId} finds
 */
public record App(AppId id, TenantId tenantId, AppRef ref, Instant createdAt, Optional<Instant> destroyedAt) {
    /** A live app. */
    public App(AppId id, TenantId tenantId, AppRef ref, Instant createdAt) {
        this(id, tenantId, ref, createdAt, Optional.empty());
    }
}
