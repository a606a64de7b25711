package dev.slipway.platform.ssh;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The client's tty. Output to a tty must end its lines with CR LF itself, or be an app's own tty passed through. */
public interface Terminal {
    /** The terminal type, such as {@code xterm-256color}. */
    String type();

    /** Width in characters, at least 1. */
    int columns();

    /** Height in characters, at least 1. */
    int rows();

    /**
     * Calls back on each change of the window's size.
     *
     * @param listener takes columns and rows; called on a network thread, must not block
     */
    void onResize(BiConsumer<Integer, Integer> listener);

    /**
     * Calls back on each signal the client sends.
     *
     * @param listener takes the signal's name without SIG ({@code INT}, {@code TERM}); called on a network thread, must not
     *     block
     */
    void onSignal(Consumer<String> listener);
}
