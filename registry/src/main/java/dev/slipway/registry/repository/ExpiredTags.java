package dev.slipway.registry.repository;

import java.time.Instant;

/**
 * Which tags have stayed long enough.
 *
 * @param most how many tags stay, the newest; zero for all
 * @param before tags put before this go
 * @param newestStays whether the newest is never among them
 */
public record ExpiredTags(int most, Instant before, boolean newestStays) {
    /** No tag. */
    public static final ExpiredTags NONE = new ExpiredTags(0, Instant.MIN, true);
}
