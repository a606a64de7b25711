package dev.slipway.platform.ssh;

/** Port: runs a verb that came over ssh. */
public interface VerbRunner {
    /**
     * Runs one verb to its end, on a thread of its own.
     *
     * @param call who calls, what, and the streams
     * @return the exit code the ssh client ends with: 0, 1 (refused or failed) or 2 (usage), or an app's own code for
     *     {@code run}
     * @throws InterruptedException when the client is gone (the thread is interrupted then) or the server stops
     */
    int run(VerbCall call) throws InterruptedException;
}
