/**
 * What operators look at: how the platform is, its queue of builds, its sites, all tenants, plans and requests for more.
 *
 * <p>Not here: what a tenant's own people see.
 */
@NullMarked
package dev.slipway.web.operator;

import org.jspecify.annotations.NullMarked;
