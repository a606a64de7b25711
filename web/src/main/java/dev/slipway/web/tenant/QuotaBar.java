package dev.slipway.web.tenant;

import dev.slipway.platform.command.TenantCommands.QuotaFacts;

/**
 * A line of a tenant's quotas as a bar.
 *
 * @param percent of the limit that is used, 0 to 100
 */
public record QuotaBar(QuotaFacts facts, int percent) {
    private static final int ALL = 100;
    private static final int TIGHT = 85;

    static QuotaBar of(QuotaFacts facts) {
        long limit = Math.max(facts.limit(), 1);
        long used = Math.min(Math.max(facts.used(), 0), limit);
        return new QuotaBar(facts, facts.limit() == 0 ? ALL : (int) Math.round(100.0 * used / limit));
    }

    /** Whether there is little room left. */
    public boolean tight() {
        return percent >= TIGHT;
    }
}
