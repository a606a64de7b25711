/**
 * Which buildpacks build a source tree: the catalogue of buildpacks, what each one's detection said, and the resolution
 * of order, groups and build plan (CNB buildpack API, phase detection). Not here: running anything.
 */
@NullMarked
package dev.slipway.buildpacks.detect;

import org.jspecify.annotations.NullMarked;
