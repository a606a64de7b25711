/** The one room that knows the whole way from a push to a live URL. */
@NullMarked
package dev.slipway.platform.pipeline;

import org.jspecify.annotations.NullMarked;
