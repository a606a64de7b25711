package dev.slipway.buildpacks.sandbox;

import java.nio.file.Path;

/**
 * One open sandbox, used by one build.
 *
 * <p>Inside it, {@code /slipway} is the {@link #exchange()} directory. Its sub-directories {@code workspace},
 * {@code layers}, {@code platform} and {@code out} exist when the session opens, belong to the build user, and the
 * first three are visible inside as {@code /workspace}, {@code /layers} and {@code /platform} too, by mount or by link;
 * the caller fills and empties them by renaming their children on the host. {@code /cnb/buildpacks} holds the bundled
 * buildpacks, read-only.
 */
public interface SandboxSession extends AutoCloseable {

    /**
     * Host directory that is visible inside the sandbox as {@code /slipway}. The directory itself belongs to the
     * calling process and the build user cannot write into it, so that the caller can put files there that the build
     * cannot change; only the four sub-directories are the build user's.
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
