package dev.slipway.registry.replicate;

import java.util.Optional;

/** How an image that is wanted in another registry stands there. */
public sealed interface Standing {
    /** It is there with all it needs. */
    record There() implements Standing {}

    /**
     * It is in the queue, or being copied.
     *
     * @param bytesThere of it are there, as far as is known
     * @param bytes that it has
     * @param trouble what came back last time it was tried
     */
    record Coming(long bytesThere, long bytes, Optional<String> trouble) implements Standing {}
}
