package dev.slipway.platform.reconcile;

import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import java.time.Duration;
import java.time.Instant;

/** When a slot whose instance ended by itself may have the next one: at once after a long life, later and later else. */
final class CrashBackoff {
    private static final Duration LONG_LIFE = Duration.ofMinutes(10);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(5);

    private CrashBackoff() {}

    /** How many crashes in a row the successor of an instance has behind it. */
    static int crashesAfter(Instance ended) {
        if (!(ended.state() instanceof InstanceState.Failed)) {
            return 0;
        }
        boolean livedLong =
                Duration.between(ended.createdAt(), ended.stateSince()).compareTo(LONG_LIFE) > 0;
        return livedLong ? 1 : ended.crashes() + 1;
    }

    /** The earliest launch of the successor: the first crash costs nothing, then 1 s, 2 s, 4 s … 5 min. */
    static Instant notBefore(Instance ended) {
        int crashes = crashesAfter(ended);
        if (crashes <= 1) {
            return ended.stateSince();
        }
        long factor = 1L << Math.min(crashes - 2, 20);
        Duration wait = FIRST.multipliedBy(factor);
        return ended.stateSince().plus(wait.compareTo(MOST) > 0 ? MOST : wait);
    }
}
