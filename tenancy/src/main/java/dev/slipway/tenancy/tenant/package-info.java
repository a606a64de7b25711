/**
 * Tenants and their members, people and their passwords, ssh keys and tokens.
 *
 * <p>Not here: what a member may do; that is the access room. Sessions and cookies belong to the web.
 */
@NullMarked
package dev.slipway.tenancy.tenant;

import org.jspecify.annotations.NullMarked;
