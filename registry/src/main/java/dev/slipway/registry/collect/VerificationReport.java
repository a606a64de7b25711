package dev.slipway.registry.collect;

import dev.slipway.registry.repository.Flaw;
import java.util.List;

/**
 * What a verification found.
 *
 * @param blobs how many were read and hashed
 * @param bytes how many bytes that was
 * @param repositories how many were compared
 * @param flaws what was not as it must be
 * @param complete false if it was ended before the end
 */
public record VerificationReport(int blobs, long bytes, int repositories, List<Flaw> flaws, boolean complete) {
    /** Copies what could change. */
    public VerificationReport {
        flaws = List.copyOf(flaws);
    }
}
