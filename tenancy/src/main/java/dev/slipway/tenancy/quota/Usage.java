package dev.slipway.tenancy.quota;

/**
 * One line of a tenant's quota page.
 *
 * @param limit the hard limit
 * @param soft from where on the tenant is told that little is left
 * @param ownLimit whether the limit was set for this tenant, rather than being the installation's default
 */
public record Usage(QuotaResource resource, long used, long limit, boolean ownLimit, long soft) {
    /** Whether so little is left that the tenant was told. */
    public boolean near() {
        return used >= soft && limit > 0;
    }

    /** What can still be reserved; zero if the limit was lowered below what is held. */
    public long left() {
        return Math.max(0, limit - used);
    }
}
