/** Desired, stored and observed state brought together: launching, probing, replacing, stopping. Not: what is desired. */
@NullMarked
package dev.slipway.platform.reconcile;

import org.jspecify.annotations.NullMarked;
