/** Other registries behind this one: what is asked for under their names is fetched once and kept. Not: who may ask. */
@NullMarked
package dev.slipway.registry.mirror;

import org.jspecify.annotations.NullMarked;
