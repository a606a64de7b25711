package dev.slipway.buildpacks.sandbox;

/** Takes what a step prints, as it comes. */
@FunctionalInterface
public interface OutputSink {

    /**
     * Takes one chunk of merged standard output and standard error.
     *
     * @param buffer raw bytes; only valid during the call
     * @param offset first byte of the chunk
     * @param length number of bytes
     * @return {@code true} to go on, {@code false} if no more is wanted: the step is then killed and ends as
     *     {@link StepResult.OutputLimit}
     */
    boolean accept(byte[] buffer, int offset, int length);
}
