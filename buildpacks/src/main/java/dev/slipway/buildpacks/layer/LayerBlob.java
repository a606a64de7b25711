package dev.slipway.buildpacks.layer;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;

/**
 * A layer as it is stored.
 *
 * @param descriptor of the compressed blob
 * @param diffId digest of the archive before compression
 */
public record LayerBlob(Descriptor descriptor, Digest diffId) {}
