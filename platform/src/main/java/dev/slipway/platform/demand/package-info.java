/**
 * What instances really use of what was asked for, and what would fit.
 *
 * <p>Not here: usage for the bill, which is what was asked for ({@code tenancy.quota}), and changing limits ({@code command}).
 */
@NullMarked
package dev.slipway.platform.demand;

import org.jspecify.annotations.NullMarked;
