/**
 * Code hosts that tell of pushes: which repository an app is built from, whether a telling is genuine and new, and the pull that
 * follows.
 *
 * <p>Not here: fetching itself, which is {@code git}; what is done with a commit, which is {@code pipeline}.
 */
@NullMarked
package dev.slipway.platform.source;

import org.jspecify.annotations.NullMarked;
