/**
 * Who looks at the pages: the session that a cookie names, kept hashed in PostgreSQL with an end, and the token that every
 * form carries.
 *
 * <p>Not here: passwords and lock-out, which tenancy has, and what a person may do, which the Authorizer is asked at each door.
 */
@NullMarked
package dev.slipway.web.session;

import org.jspecify.annotations.NullMarked;
