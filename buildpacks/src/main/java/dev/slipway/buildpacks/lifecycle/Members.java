package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.detect.Resolution;
import java.nio.file.Path;
import java.util.List;

/**
 * The buildpacks that take part in a build and their layers directories, in order.
 *
 * @param layers one for each
 */
record Members(List<BuildpackLayers> layers) {

    Members {
        layers = List.copyOf(layers);
    }

    static Members of(Resolution.Chosen chosen, Path layersRoot) {
        return new Members(chosen.members().stream()
                .map(member -> new BuildpackLayers(
                        member.buildpack(),
                        layersRoot.resolve(member.buildpack().escapedId())))
                .toList());
    }
}
