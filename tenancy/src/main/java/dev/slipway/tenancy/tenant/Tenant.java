package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import java.time.Instant;

/** A team that owns apps and shares a quota. */
public record Tenant(TenantId id, TenantName name, Instant createdAt) {}
