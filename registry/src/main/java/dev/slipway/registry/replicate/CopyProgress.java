package dev.slipway.registry.replicate;

/**
 * How far the copy is that is being made.
 *
 * @param copy which
 * @param bytesThere of it are in the other registry
 * @param bytes that it has
 */
public record CopyProgress(Copy copy, long bytesThere, long bytes) {
    CopyProgress and(long more) {
        return new CopyProgress(copy, bytesThere + more, bytes);
    }
}
