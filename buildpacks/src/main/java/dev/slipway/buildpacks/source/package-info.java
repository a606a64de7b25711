/**
 * The source tree of an app and how it is written to a directory without ever leaving that directory. Not here: git,
 * and what the files mean.
 */
@NullMarked
package dev.slipway.buildpacks.source;

import org.jspecify.annotations.NullMarked;
