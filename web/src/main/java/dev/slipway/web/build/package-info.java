/**
 * The builds of an app, and the output of one, live.
 *
 * <p>Not here: deployments by themselves; a build's output goes on into the deployment it began.
 */
@NullMarked
package dev.slipway.web.build;

import org.jspecify.annotations.NullMarked;
