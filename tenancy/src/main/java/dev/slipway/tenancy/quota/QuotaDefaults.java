package dev.slipway.tenancy.quota;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The limits of tenants that have none of their own; an unknown resource in the settings stops the start. */
@ApplicationScoped
class QuotaDefaults {
    private static final double ALL = 100.0;
    private final Map<QuotaResource, Long> limits;
    private final int softPercent;

    QuotaDefaults(QuotaSettings settings) {
        EnumMap<QuotaResource, Long> table = new EnumMap<>(QuotaResource.class);
        for (QuotaResource resource : QuotaResource.values()) {
            table.put(resource, resource.usual());
        }
        settings.defaults().forEach((name, limit) -> table.put(QuotaResource.parse(name), limit));
        this.softPercent = settings.softPercent();
        this.limits = Collections.unmodifiableMap(table);
    }

    /** From where on little is left of a limit. */
    long soft(long limit) {
        return (long) Math.ceil(limit * (softPercent / ALL));
    }

    long of(QuotaResource resource) {
        return limits.getOrDefault(resource, 0L);
    }
}
