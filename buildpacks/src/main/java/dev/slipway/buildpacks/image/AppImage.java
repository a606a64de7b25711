package dev.slipway.buildpacks.image;

import dev.slipway.buildpacks.layer.LayerBlob;
import java.util.List;
import java.util.Map;

/**
 * What an app adds to the run image.
 *
 * @param base the run image
 * @param layers the app's layers, lowest first, without the launcher's
 * @param launch how its processes are launched
 * @param labels labels beside those of the run image
 */
public record AppImage(BaseImage base, List<LayerBlob> layers, LaunchPlan launch, Map<String, String> labels) {

    public AppImage {
        layers = List.copyOf(layers);
        labels = Map.copyOf(labels);
    }
}
