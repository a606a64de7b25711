/**
 * Names and ids that cannot hold a bad value, and the refusals that speak about them.
 *
 * <p>Not here: what a name stands for. Nothing in this room reads a table.
 */
@NullMarked
package dev.slipway.tenancy.identity;

import org.jspecify.annotations.NullMarked;
