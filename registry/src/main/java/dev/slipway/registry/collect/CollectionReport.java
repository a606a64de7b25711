package dev.slipway.registry.collect;

import dev.slipway.registry.oci.RepositoryName;
import java.util.List;

/**
 * What a clean-up did, or would do.
 *
 * @param dryRun true if nothing was really taken
 * @param tags how many tags had stayed long enough
 * @param manifests how many manifests were taken from their repositories
 * @param links how many links to blobs were taken
 * @param blobs how many blobs were removed from the store
 * @param bytesFreed their sizes together
 * @param uploads how many abandoned uploads were dropped
 * @param complete false if it was ended before the end; run again, it does what is left
 * @param skipped repositories left alone because it could not be found out what they need
 */
public record CollectionReport(
        boolean dryRun,
        int tags,
        int manifests,
        int links,
        int blobs,
        long bytesFreed,
        int uploads,
        boolean complete,
        List<RepositoryName> skipped) {
    /** Copies what could change. */
    public CollectionReport {
        skipped = List.copyOf(skipped);
    }
}
