package dev.slipway.platform.webhook;

import dev.slipway.tenancy.identity.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A tenant's wish to be told.
 *
 * @param kinds of events; empty for all
 */
public record Webhook(UUID id, TenantId tenant, URI url, Set<String> kinds, Instant createdAt, String createdBy) {
    public Webhook {
        kinds = java.util.Collections.unmodifiableSet(new TreeSet<>(kinds));
    }
}
