package dev.slipway.buildpacks.dockerfile;

import dev.slipway.registry.oci.Digest;
import java.time.Duration;

/** How a Dockerfile build ended. */
public sealed interface DockerfileResult {

    /**
     * The image is in the registry.
     *
     * @param image digest of its manifest in the requested repository
     */
    record Built(Digest image) implements DockerfileResult {}

    /**
     * The Dockerfile is wrong or one of its instructions failed.
     *
     * @param instruction the instruction or line that was tried, or empty if unknown
     * @param answer what came back
     */
    record Failed(String instruction, String answer) implements DockerfileResult {}

    /**
     * The engine or the registry could not do its part, through no fault of the Dockerfile.
     *
     * @param attempted what was tried
     * @param answer what came back
     */
    record Unavailable(String attempted, String answer) implements DockerfileResult {}

    /**
     * The build's time was used up.
     *
     * @param limit the time it had
     */
    record TimedOut(Duration limit) implements DockerfileResult {}

    /**
     * The build's memory was used up.
     *
     * @param limitBytes the memory it had
     */
    record OutOfMemory(long limitBytes) implements DockerfileResult {}

    /**
     * The build wrote more than it may.
     *
     * @param limitBytes what it may write
     */
    record DiskLimit(long limitBytes) implements DockerfileResult {}

    /** The output refused more. */
    record OutputLimit() implements DockerfileResult {}

    /** The cancellation was asked for. */
    record Cancelled() implements DockerfileResult {}
}
