/**
 * Reproducible layers: directories become tar archives with sorted names, one fixed time and one fixed owner, written
 * straight into the blob store; what was written before is found again and not compressed twice. Not here: which
 * directories become layers of which image.
 */
@NullMarked
package dev.slipway.buildpacks.layer;

import org.jspecify.annotations.NullMarked;
