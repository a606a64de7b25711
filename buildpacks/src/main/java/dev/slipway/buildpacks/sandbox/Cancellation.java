package dev.slipway.buildpacks.sandbox;

import java.util.ArrayList;
import java.util.List;

/** Carries the wish to end a build from whoever has it to whoever can do it; safe for use by several threads. */
public final class Cancellation {

    /** A registered action; close it to withdraw it. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private final List<Runnable> actions = new ArrayList<>();
    private boolean requested;

    /** Asks for the end. Registered actions run once, in the calling thread. */
    public void request() {
        List<Runnable> due;
        synchronized (this) {
            if (requested) {
                return;
            }
            requested = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Whether the end was asked for. */
    public synchronized boolean requested() {
        return requested;
    }

    /**
     * Runs an action when the end is asked for; at once if it already was.
     *
     * @param action quick, and safe to run in any thread
     */
    public Registration onRequest(Runnable action) {
        synchronized (this) {
            if (!requested) {
                actions.add(action);
                return () -> withdraw(action);
            }
        }
        action.run();
        return () -> {};
    }

    private synchronized void withdraw(Runnable action) {
        actions.remove(action);
    }
}
