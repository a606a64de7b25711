/**
 * People and groups that an identity provider writes here by itself (SCIM 2.0, RFC 7643 and RFC 7644): the filter language, the
 * patch language, and the directory of what was written, from which accounts and roles follow.
 *
 * <p>Not here: HTTP, which is {@code api}; what groups give, which is {@code tenancy.group}.
 */
@NullMarked
package dev.slipway.platform.scim;

import org.jspecify.annotations.NullMarked;
