/**
 * The releases of an app and the way back to an older one.
 *
 * <p>Not here: how a rollback is done.
 */
@NullMarked
package dev.slipway.web.release;

import org.jspecify.annotations.NullMarked;
