package dev.slipway.platform.git;

/** The pushing client's view of a push. Safe for several threads; never throws; silently discards once the client is gone. */
public interface PushOutput {
    /**
     * Shows text as it is, at once. Git adds {@code remote: } before each line.
     *
     * @param text any length, with its own line ends
     */
    void write(String text);

    /** Shows one line. */
    default void line(String line) {
        write(line + "\n");
    }

    /** Whether somebody still reads; false is final. */
    boolean attached();
}
