/** Numbered, immutable releases: image, config, process types. Not: moving an app to one. */
@NullMarked
package dev.slipway.platform.release;

import org.jspecify.annotations.NullMarked;
