package dev.slipway.platform.command;

import java.util.Optional;

/**
 * That a thing still is as somebody has seen it. A command asks it inside the transaction of its change, under the lock
 * of the change, so that nothing comes in between (decision 0130).
 */
@FunctionalInterface
public interface Precondition {
    /** Whatever it is now. */
    Precondition NONE = now -> {};

    /**
     * Lets the change go on, or throws.
     *
     * @param now the thing as those who read it get it; empty if there is none
     */
    void check(Optional<?> now);
}
