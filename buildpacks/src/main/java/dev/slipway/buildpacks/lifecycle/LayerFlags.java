package dev.slipway.buildpacks.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.descriptor.Toml;

/**
 * What a {@code <layer>.toml} says (CNB buildpack API, layer content metadata).
 *
 * @param launch whether the layer is part of the image
 * @param build whether later buildpacks see it
 * @param cache whether the next build gets it back
 * @param metadata the buildpack's own table
 */
record LayerFlags(boolean launch, boolean build, boolean cache, JsonNode metadata) {

    static LayerFlags parse(String file, String text) throws DescriptorException {
        JsonNode root = Toml.parse(file, text);
        JsonNode types = root.path("types");
        JsonNode metadata = root.path("metadata");
        return new LayerFlags(
                Toml.flag(file, types, "launch"),
                Toml.flag(file, types, "build"),
                Toml.flag(file, types, "cache"),
                metadata.isObject() ? metadata : Toml.table());
    }

    /** The file a restored layer has: what the buildpack knew of it, and no types, which it must set anew. */
    String restored() {
        ObjectNode root = Toml.table();
        root.set("metadata", metadata);
        return metadata.isEmpty() ? "" : Toml.write(root);
    }

    /** The whole file. */
    String text() {
        ObjectNode root = Toml.table();
        root.putObject("types").put("launch", launch).put("build", build).put("cache", cache);
        if (!metadata.isEmpty()) {
            root.set("metadata", metadata);
        }
        return Toml.write(root);
    }
}
