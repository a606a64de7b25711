package dev.slipway.platform.runtime.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * When roles may ask for offers again. A REVIVE brings everything that is free at once, and costs the master a whole
 * allocation: none is said before the last was answered, and a role says it soon again while that helps, and ever more
 * seldom while it does not.
 */
final class Revivals {
    static final Duration SOON = Duration.ofMillis(100);
    static final Duration SELDOM = Duration.ofSeconds(5);

    /** What is not answered in this time was answered with nothing. */
    static final Duration ANSWERED = Duration.ofSeconds(1);

    private record Last(Instant at, Duration pause) {}

    private final Map<String, Last> last = new HashMap<>();

    private Instant asked = Instant.EPOCH;
    private boolean open = true;

    /** Those of the roles whose time it is; it counts as said for them. */
    Set<String> due(Set<String> roles, Instant now) {
        if (!open && asked.plus(ANSWERED).isAfter(now) && !asked.isAfter(now)) {
            return Set.of();
        }
        Set<String> due = new TreeSet<>();
        for (String role : roles) {
            if (due(role, now)) {
                due.add(role);
            }
        }
        if (!due.isEmpty()) {
            asked = now;
            open = false;
        }
        return due;
    }

    /** Offers came. */
    void answered() {
        open = true;
    }

    private boolean due(String role, Instant now) {
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
        open = true;
        last.clear();
    }
}
