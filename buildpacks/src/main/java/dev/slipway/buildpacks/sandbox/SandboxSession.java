package dev.slipway.buildpacks.sandbox;

import java.nio.file.Path;

/**
 * One open sandbox, used by one build.
 *
 * <p>Inside it, {@code /slipway} is the {@link #exchange()} directory, and {@code /workspace}, {@code /layers} and
 * {@code /platform} are links to the directories of these names in it, which the caller makes before the first step and
 * fills and empties by renaming their children on the host. {@code /cnb/buildpacks} holds the bundled buildpacks,
 * read-only.
 */
public interface SandboxSession extends AutoCloseable {

    /**
     * Host directory that is visible inside the sandbox as {@code /slipway}. When the session opens it is empty and its
     * owner and group are those of the build user; the caller may take it over, so that the build can write only into
     * the directories given to it.
     */
    Path exchange();

    /**
     * Runs a command as the unprivileged build user and waits for its end. When this returns, nothing that the step
     * started is running any more, in the background either.
     *
     * @param step the command
     * @param sink receives standard output and standard error merged, as raw bytes, in chunks as they come
     * @return how the step ended; a limit that is hit is an outcome and not an exception
     * @throws SandboxException if the sandbox itself fails, for example because the engine went away
     * @throws InterruptedException if the calling thread is interrupted; the step is then killed
     */
    StepResult run(Step step, OutputSink sink) throws SandboxException, InterruptedException;

    /** Ends the running step, which then returns {@link StepResult.Cancelled}; may be called from any thread. */
    void cancel();

    /** Kills everything that is left in the sandbox and removes it. */
    @Override
    void close();
}
