/** Asks an instance whether it is healthy. Not: what follows from the answer. */
@NullMarked
package dev.slipway.platform.health;

import org.jspecify.annotations.NullMarked;
