/**
 * What runs of an app, how many and how large, and the forms that change it.
 *
 * <p>Not here: placement, and why an instance fails beyond the reason it gives.
 */
@NullMarked
package dev.slipway.web.process;

import org.jspecify.annotations.NullMarked;
