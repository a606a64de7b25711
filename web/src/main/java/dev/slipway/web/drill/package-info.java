/**
 * Rehearsed losses of sites: begun, ended early, scheduled, and what came of each.
 *
 * <p>Not here: the rehearsing; {@code platform.reconcile} does it.
 */
@NullMarked
package dev.slipway.web.drill;

import org.jspecify.annotations.NullMarked;
