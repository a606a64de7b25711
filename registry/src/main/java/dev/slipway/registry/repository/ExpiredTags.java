package dev.slipway.registry.repository;

import java.time.Instant;

/**
 * Which tags have stayed long enough. The newest tag of a repository is never among them.
 *
 * @param most how many tags stay, the newest; zero for all
 * @param before tags put before this go
 */
public record ExpiredTags(int most, Instant before) {
    /** No tag. */
    public static final ExpiredTags NONE = new ExpiredTags(0, Instant.MIN);
}
