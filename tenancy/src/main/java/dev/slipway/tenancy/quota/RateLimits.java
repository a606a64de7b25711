package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The rates that hold for apps: nobody reserves them, whoever serves the apps keeps to them. */
@ApplicationScoped
public class RateLimits {
    private final QuotaStore store;
    private final QuotaDefaults defaults;

    RateLimits(QuotaStore store, QuotaDefaults defaults) {
        this.store = store;
        this.defaults = defaults;
    }

    /** One rate of all apps at a moment. */
    public record Snapshot(Map<TenantId, Long> tenants, Map<AppId, Long> apps, long usual) {
        /** What an app may do in a second: its own limit if that is lower, else its tenant's. */
        public long of(TenantId tenant, AppId app) {
            long most = tenants.getOrDefault(tenant, usual);
            return Math.min(most, apps.getOrDefault(app, most));
        }
    }

    /** Reads one rate of all apps, with two questions. */
    public Snapshot read(QuotaResource rate) {
        return new Snapshot(store.limits(rate), store.appLimits(rate), defaults.of(rate));
    }

    /** The rate of one app. */
    public long of(TenantId tenant, AppId app, QuotaResource rate) {
        long most = store.limit(tenant, rate).orElseGet(() -> defaults.of(rate));
        return store.limit(app, rate).map(own -> Math.min(own, most)).orElse(most);
    }
}
