/**
 * What a company's groups and claims mean here: rules that turn them into roles in tenants. Pure.
 *
 * <p>Not here: where groups come from, and keeping the roles.
 */
@NullMarked
package dev.slipway.tenancy.group;

import org.jspecify.annotations.NullMarked;
