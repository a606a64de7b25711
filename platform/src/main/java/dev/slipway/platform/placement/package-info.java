/** Pure placement: demands, offers and policies in; assignments and reasons out. Not: launching. */
@NullMarked
package dev.slipway.platform.placement;

import org.jspecify.annotations.NullMarked;
