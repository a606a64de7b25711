package dev.slipway.platform.loop;

/** The last acts of the process, after the program has been told to end by a signal or by itself. */
public final class AtExit {
    private AtExit() {}

    /**
     * Runs {@code act} when the JVM ends. Acts run beside each other; one that must follow another waits for it.
     *
     * @param name of its thread, as seen in a thread dump
     */
    public static void run(String name, Runnable act) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name(name).unstarted(act));
    }
}
