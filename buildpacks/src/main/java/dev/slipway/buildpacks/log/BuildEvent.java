package dev.slipway.buildpacks.log;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import java.time.Duration;
import java.util.List;

/** Something that happened in a build. */
public sealed interface BuildEvent {

    /**
     * It is known what the source is.
     *
     * @param name for example {@code Node.js}
     * @param reason for example {@code package.json, node 22 from engines}; may be empty
     */
    record Detected(String name, String reason) implements BuildEvent {}

    /**
     * The build printed a line.
     *
     * @param text without line end and without control characters but tabs and colours
     */
    record Output(String text) implements BuildEvent {}

    /**
     * The lifecycle has something to say that is no error.
     *
     * @param text a sentence
     */
    record Notice(String text) implements BuildEvent {}

    /**
     * The image is in the registry.
     *
     * @param repository where
     * @param image digest of its manifest
     * @param bytes compressed size of its layers
     * @param newLayers how many layers were new to the repository
     * @param layers how many it has
     */
    record ImageWritten(RepositoryName repository, Digest image, long bytes, int newLayers, int layers)
            implements BuildEvent {}

    /**
     * A phase ended; for figures, not for people.
     *
     * @param phase its name
     * @param took how long it took
     */
    record PhaseEnded(String phase, Duration took) implements BuildEvent {}

    /**
     * The build failed.
     *
     * @param sentences what was tried, what came back, what to do next
     */
    record Failed(List<String> sentences) implements BuildEvent {

        public Failed {
            sentences = List.copyOf(sentences);
        }
    }
}
