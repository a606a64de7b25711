/**
 * A company's identity providers: signing in by browser, bearer tokens and terminals through quarkus-oidc, and keeping
 * sessions and roles in step with the provider.
 *
 * <p>Not here: accounts, roles and the rules for groups, which tenancy has; pages. No type of the library leaves this room.
 */
@NullMarked
package dev.slipway.platform.issuer;

import org.jspecify.annotations.NullMarked;
