/**
 * The pages of a tenant: its apps and quotas, its members, a new app; and the list of tenants.
 *
 * <p>Not here: anything about one app.
 */
@NullMarked
package dev.slipway.web.tenant;

import org.jspecify.annotations.NullMarked;
