package dev.slipway.tenancy.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Map;

/** Settings of the quota room. */
@ConfigMapping(prefix = "slipway.quota")
public interface QuotaSettings {
    /**
     * {@code slipway.quota.default.RESOURCE}: the limit of tenants that have none of their own, in the resource's unit
     * (millicores, bytes, or a count); resources as {@link QuotaResource} lists them, for example
     * {@code slipway.quota.default.memory-bytes=17179869184}.
     */
    @WithName("default")
    Map<String, Long> defaults();

    /** {@code slipway.quota.soft-percent}: at which share of a limit a tenant is told, where nothing else is said. */
    @WithDefault("80")
    int softPercent();
}
