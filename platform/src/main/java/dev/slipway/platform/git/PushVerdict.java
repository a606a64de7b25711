package dev.slipway.platform.git;

/** How a push to the deploy branch ended. */
public sealed interface PushVerdict {
    /**
     * The commit is live; the branch moves to it.
     *
     * @param release the number of the release it became. Of two pushes that end at once, the branch keeps the commit of the
     *     higher number, whichever thread comes last
     */
    record Accepted(long release) implements PushVerdict {}

    /**
     * The push did not become live; the branch stays.
     *
     * @param reason short, for git's own status line ({@code ! [remote rejected] main -> main (reason)}); the long
     *     explanation was written to the output before
     */
    record Rejected(String reason) implements PushVerdict {}
}
