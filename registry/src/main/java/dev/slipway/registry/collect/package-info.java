/**
 * Online clean-up of a store that is in use: mark what is needed, wait out the grace period, sweep the rest. When it
 * runs is decided elsewhere.
 */
@NullMarked
package dev.slipway.registry.collect;

import org.jspecify.annotations.NullMarked;
