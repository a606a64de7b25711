package dev.slipway.buildpacks.dockerfile;

import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.buildpacks.sandbox.OutputSink;

/** Builds an image from a Dockerfile and puts it into the registry. */
public interface DockerfileBuilder {

    /**
     * Builds and waits for the end.
     *
     * @param request what to build and where to put it
     * @param output receives what the build prints, as raw bytes; when it refuses more, the build ends as
     *     {@link DockerfileResult.OutputLimit}
     * @param cancellation ends the build as {@link DockerfileResult.Cancelled}
     * @return how it ended; a Dockerfile that fails is an outcome and not an exception
     * @throws InterruptedException if the calling thread is interrupted; the build is then ended
     */
    DockerfileResult build(DockerfileRequest request, OutputSink output, Cancellation cancellation)
            throws InterruptedException;
}
