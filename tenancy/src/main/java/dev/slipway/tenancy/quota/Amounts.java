package dev.slipway.tenancy.quota;

import java.util.EnumMap;
import java.util.Map;

/** How much of which resources is asked for; none of them negative. */
public record Amounts(Map<QuotaResource, Long> values) {
    public Amounts {
        EnumMap<QuotaResource, Long> copy = new EnumMap<>(QuotaResource.class);
        values.forEach((resource, amount) -> {
            if (amount < 0) {
                throw new IllegalArgumentException(
                        "An amount cannot be negative: resource=" + resource.text() + " amount=" + amount);
            }
            copy.put(resource, amount);
        });
        values = Map.copyOf(copy);
    }

    /** One resource. */
    public static Amounts of(QuotaResource resource, long amount) {
        return new Amounts(Map.of(resource, amount));
    }

    /** What an instance takes, or several together. */
    public static Amounts of(Resources resources) {
        return new Amounts(Map.of(
                QuotaResource.CPU_MILLIS, resources.cpuMillis(),
                QuotaResource.MEMORY_BYTES, resources.memoryBytes(),
                QuotaResource.INSTANCES, (long) resources.instances()));
    }

    /** With another resource besides. */
    public Amounts and(QuotaResource resource, long amount) {
        EnumMap<QuotaResource, Long> more = new EnumMap<>(QuotaResource.class);
        more.putAll(values);
        more.put(resource, amount);
        return new Amounts(more);
    }
}
