/**
 * The vocabulary of OCI images and registries: digests, names, tags, descriptors, manifests, configurations and error
 * codes. Pure values; nothing here reads a file or speaks a protocol.
 */
@NullMarked
package dev.slipway.registry.oci;

import org.jspecify.annotations.NullMarked;
