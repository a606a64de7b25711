/**
 * Signing in and out.
 *
 * <p>Not here: passwords and lock-out, which tenancy has.
 */
@NullMarked
package dev.slipway.web.door;

import org.jspecify.annotations.NullMarked;
