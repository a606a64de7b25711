package dev.slipway.registry.collect;

import java.time.Duration;
import java.util.Optional;

/**
 * How long tags stay that no release needs. The newest tag of a repository always stays.
 *
 * @param most how many tags a repository keeps, the newest; zero for all
 * @param age how long after it was put a tag stays; empty for ever
 */
public record TagLimits(int most, Optional<Duration> age) {
    /** Tags stay until somebody deletes them. */
    public static final TagLimits NONE = new TagLimits(0, Optional.empty());
}
