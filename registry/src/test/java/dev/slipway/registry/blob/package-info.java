/** The contract of a blob store, and what the store of files adds to it. */
package dev.slipway.registry.blob;
