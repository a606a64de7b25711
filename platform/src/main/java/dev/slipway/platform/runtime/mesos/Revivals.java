package dev.slipway.platform.runtime.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When a role may ask for offers again. A REVIVE brings everything that is free at once, and costs the master a whole
 * allocation: while it helps it is said soon again, and ever more seldom while it does not.
 */
final class Revivals {
    static final Duration SOON = Duration.ofMillis(100);
    static final Duration SELDOM = Duration.ofSeconds(5);

    private record Last(Instant at, Duration pause) {}

    private final Map<String, Last> last = new HashMap<>();

    /** Whether it is time; it counts as said. */
    boolean due(String role, Instant now) {
        Last before = last.get(role);
        if (before != null && before.at().plus(before.pause()).isAfter(now)) {
            return false;
        }
        Duration pause = before == null ? SOON : before.pause().multipliedBy(2);
        last.put(role, new Last(now, pause.compareTo(SELDOM) > 0 ? SELDOM : pause));
        return true;
    }

    /** Its offers were used: others may follow soon. */
    void helped(String role) {
        last.computeIfPresent(role, (key, before) -> new Last(before.at(), SOON));
    }

    /** Nobody waits any more: whoever does next is not to wait for a cycle of the master's. */
    void forget(String role) {
        last.remove(role);
    }

    void clear() {
        last.clear();
    }
}
