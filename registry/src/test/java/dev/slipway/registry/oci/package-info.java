/** The vocabulary: what is understood, what is refused, what is written. */
package dev.slipway.registry.oci;
