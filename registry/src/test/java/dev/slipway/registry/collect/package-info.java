/** The clean-up, beside a registry that is in use. */
package dev.slipway.registry.collect;
