/**
 * What happened in a tenant, in order, for those who wait for it.
 *
 * <p>Not here: who is told by HTTP ({@code webhook}). Events are written by triggers, in the transaction of what they tell.
 */
@NullMarked
package dev.slipway.platform.event;

import org.jspecify.annotations.NullMarked;
