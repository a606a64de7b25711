package dev.slipway.buildpacks.image;

import dev.slipway.buildpacks.layer.LayerBlob;
import java.util.List;
import java.util.Map;

/**
 * What an app adds to the run image.
 *
 * @param base the run image
 * @param layers what the buildpacks made for the app, lowest first
 * @param source the layers of the app directory, lowest first; the launcher's comes below them, because whatever lies on
 *     a layer that changed has to be unpacked again by those who have it
 * @param launch how its processes are launched
 * @param labels labels beside those of the run image
 */
public record AppImage(
        BaseImage base, List<LayerBlob> layers, List<LayerBlob> source, LaunchPlan launch, Map<String, String> labels) {

    public AppImage {
        layers = List.copyOf(layers);
        source = List.copyOf(source);
        labels = Map.copyOf(labels);
    }
}
