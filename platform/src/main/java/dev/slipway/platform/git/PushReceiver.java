package dev.slipway.platform.git;

/**
 * Port: what happens to a push to the deploy branch. Called after the objects are stored and checked and before the branch is
 * moved, on a thread of its own that is not interrupted when the client goes away.
 */
public interface PushReceiver {
    /**
     * Builds and deploys the pushed commit and returns when that has ended.
     *
     * @param push what was pushed, with its source
     * @param out what the pushing client sees; writing never fails and never blocks for long, with or without a client
     * @return whether the branch moves. An exception counts as a rejection
     * @throws InterruptedException when the process is shutting down; the branch does not move
     */
    PushVerdict accept(AcceptedPush push, PushOutput out) throws InterruptedException;
}
