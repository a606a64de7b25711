package dev.slipway.buildpacks.image;

import dev.slipway.registry.oci.Digest;

/**
 * An image that was put into the registry.
 *
 * @param digest of its manifest
 * @param bytes compressed size of all its layers
 * @param layers number of its layers
 * @param newLayers how many of them the repository did not have before
 * @param newBytes compressed size of those
 */
public record WrittenImage(Digest digest, long bytes, int layers, int newLayers, long newBytes) {}
