package dev.slipway.buildpacks.source;

/**
 * How large a source tree may be.
 *
 * @param maxBytes bytes of all files together
 * @param maxFiles number of files and links
 */
public record SourceLimits(long maxBytes, int maxFiles) {

    public SourceLimits {
        if (maxBytes <= 0 || maxFiles <= 0) {
            throw new IllegalArgumentException(
                    "Source limits must be greater than zero: maxBytes=" + maxBytes + " maxFiles=" + maxFiles);
        }
    }
}
