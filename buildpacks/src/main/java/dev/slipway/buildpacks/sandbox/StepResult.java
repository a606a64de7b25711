package dev.slipway.buildpacks.sandbox;

import java.time.Duration;

/** How a step ended. */
public sealed interface StepResult {

    /**
     * The command ended by itself.
     *
     * @param code its exit code, 0 to 255
     */
    record Exited(int code) implements StepResult {}

    /**
     * The build's time was used up and the step was killed.
     *
     * @param limit the time it had
     */
    record TimedOut(Duration limit) implements StepResult {}

    /**
     * The build's memory was used up and the kernel killed it.
     *
     * @param limitBytes the memory it had
     */
    record OutOfMemory(long limitBytes) implements StepResult {}

    /**
     * The build wrote more than it may and the step was killed.
     *
     * @param limitBytes what it may write
     */
    record DiskLimit(long limitBytes) implements StepResult {}

    /** {@link SandboxSession#cancel()} was called. */
    record Cancelled() implements StepResult {}

    /**
     * The sink refused more output and the step was killed.
     *
     * @param bytes the output that had been taken
     */
    record OutputLimit(long bytes) implements StepResult {}
}
