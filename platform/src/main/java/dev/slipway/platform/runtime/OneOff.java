package dev.slipway.platform.runtime;

import java.io.InputStream;
import java.io.OutputStream;

/** A one-off command that runs in its own instance with its streams attached. */
public interface OneOff extends AutoCloseable {

    /** Its identity. */
    InstanceId id();

    /** What is written here the command reads; closing it ends the command's input. */
    OutputStream stdin();

    /** What the command prints; with a terminal, all of it. */
    InputStream stdout();

    /** What the command prints as errors; empty with a terminal. */
    InputStream stderr();

    /**
     * Tells the command's terminal its size; without a terminal nothing happens.
     *
     * @param columns characters
     * @param rows lines
     */
    void resize(int columns, int rows);

    /**
     * Waits for the end.
     *
     * @return exit code, 128 + signal if a signal ended it
     * @throws RuntimeUnavailableException if the runtime went away meanwhile
     */
    int waitForExit() throws InterruptedException;

    /** Ends the command at once; it then exits with 137. */
    void kill();

    /** Kills the command if it runs, and removes its instance. */
    @Override
    void close();
}
