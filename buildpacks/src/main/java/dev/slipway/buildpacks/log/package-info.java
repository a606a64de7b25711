/**
 * What a build tells while it runs: named events, and their form for the one who pushed. Not here: where the log is
 * kept.
 */
@NullMarked
package dev.slipway.buildpacks.log;

import org.jspecify.annotations.NullMarked;
