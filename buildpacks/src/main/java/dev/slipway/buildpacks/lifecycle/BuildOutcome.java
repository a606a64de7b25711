package dev.slipway.buildpacks.lifecycle;

import dev.slipway.registry.oci.Digest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a build ended. */
public sealed interface BuildOutcome {

    /**
     * The image is in the registry.
     *
     * @param image digest of its manifest
     * @param facts what is known of it
     * @param phases how long each phase took, in order
     */
    record Built(Digest image, ImageFacts facts, Map<String, Duration> phases) implements BuildOutcome {

        public Built {
            phases = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(phases));
        }
    }

    /**
     * There is no image.
     *
     * @param reason why
     */
    record Failed(BuildFailure reason) implements BuildOutcome {}

    /** The cancellation was asked for. */
    record Cancelled() implements BuildOutcome {}

    /**
     * The build's time was used up.
     *
     * @param limit the time it had
     */
    record TimedOut(Duration limit) implements BuildOutcome {}
}
