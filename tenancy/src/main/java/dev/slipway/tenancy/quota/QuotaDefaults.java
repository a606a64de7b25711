package dev.slipway.tenancy.quota;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The limits of tenants that have none of their own; an unknown resource in the settings stops the start. */
@ApplicationScoped
class QuotaDefaults {
    private final Map<QuotaResource, Long> limits;

    QuotaDefaults(QuotaSettings settings) {
        EnumMap<QuotaResource, Long> table = new EnumMap<>(QuotaResource.class);
        for (QuotaResource resource : QuotaResource.values()) {
            table.put(resource, resource.usual());
        }
        settings.defaults().forEach((name, limit) -> table.put(QuotaResource.parse(name), limit));
        this.limits = Collections.unmodifiableMap(table);
    }

    long of(QuotaResource resource) {
        return limits.getOrDefault(resource, 0L);
    }
}
