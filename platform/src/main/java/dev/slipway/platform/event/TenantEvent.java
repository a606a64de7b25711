package dev.slipway.platform.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened in a tenant.
 *
 * @param id its place among the tenant's events; the next page begins after it
 * @param kind such as {@code deployment.done}, {@code build.failed} or {@code quota.notice}
 * @param app the app's name, if it is about one
 */
public record TenantEvent(String id, String kind, Optional<String> app, Instant at, Map<String, Object> data) {
    public TenantEvent {
        data = Map.copyOf(data);
    }
}
