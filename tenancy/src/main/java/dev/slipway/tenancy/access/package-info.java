/**
 * Principals, permissions, roles and the one {@link dev.slipway.tenancy.access.Authorizer}: deny by default.
 *
 * <p>Not here: how people sign in and where memberships are stored; the tenant room answers for those through
 * {@link dev.slipway.tenancy.access.Standings}.
 */
@NullMarked
package dev.slipway.tenancy.access;

import org.jspecify.annotations.NullMarked;
