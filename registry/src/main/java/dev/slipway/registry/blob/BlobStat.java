package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Digest;
import java.time.Instant;

/**
 * What the store knows of a blob without reading it.
 *
 * @param digest its name
 * @param size its length in bytes
 * @param lastNeeded when it was last written or promised to somebody who is pushing
 */
public record BlobStat(Digest digest, long size, Instant lastNeeded) {}
