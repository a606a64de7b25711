package dev.slipway.platform.loop;

/** What goes on beside the start of the process and only saves time, before there are threads to inject. */
public final class Aside {
    private Aside() {}

    /**
     * Runs {@code work} and does not keep the process alive for it.
     *
     * @param name of its thread, as seen in a thread dump
     */
    public static void run(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }
}
