package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.descriptor.AppDescriptor;
import dev.slipway.buildpacks.image.ProcessType;
import java.util.List;

/**
 * What is known of an image that was built.
 *
 * @param detected what the source was, for example {@code Node.js}
 * @param processes its process types; at least one
 * @param descriptor what the source's {@code app.json} says
 * @param bytes compressed size of its layers
 * @param layers number of its layers
 * @param newLayers how many of them were new to the repository
 * @param newBytes compressed size of those
 */
public record ImageFacts(
        String detected,
        List<ProcessType> processes,
        AppDescriptor descriptor,
        long bytes,
        int layers,
        int newLayers,
        long newBytes) {

    public ImageFacts {
        processes = List.copyOf(processes);
    }
}
