/**
 * The deployments of an app, and one of them with its output, live.
 *
 * <p>Not here: how an app moves from one release to the next.
 */
@NullMarked
package dev.slipway.web.deployment;

import org.jspecify.annotations.NullMarked;
