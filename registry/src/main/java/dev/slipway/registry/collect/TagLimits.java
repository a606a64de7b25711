package dev.slipway.registry.collect;

import java.time.Duration;
import java.util.Optional;

/**
 * How long tags stay that no release needs.
 *
 * @param most how many tags a repository keeps, the newest; zero for all
 * @param age how long after it was put a tag stays; empty for ever
 * @param newestStays whether the newest tag stays however old it is
 */
public record TagLimits(int most, Optional<Duration> age, boolean newestStays) {
    /** Tags stay until somebody deletes them. */
    public static final TagLimits NONE = new TagLimits(0, Optional.empty());

    /** Limits that leave a repository its newest tag. */
    public TagLimits(int most, Optional<Duration> age) {
        this(most, age, true);
    }
}
