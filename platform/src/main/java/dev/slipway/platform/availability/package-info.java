/**
 * How much of the time apps and sites were well: looks once a minute, requests as the proxy counted them, months against a
 * target. See decision 0185.
 *
 * <p>Not here: finding out whether an instance or a site is well; {@code reconcile} does it all the time.
 */
@NullMarked
package dev.slipway.platform.availability;

import org.jspecify.annotations.NullMarked;
