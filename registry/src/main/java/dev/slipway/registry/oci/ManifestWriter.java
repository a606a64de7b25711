package dev.slipway.registry.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes manifests with their keys in the order of the specification's examples. */
final class ManifestWriter {
    private static final int SCHEMA_VERSION = 2;

    private ManifestWriter() {}

    static byte[] write(ImageManifest manifest) {
        ObjectNode root = start(manifest);
        root.set("config", descriptor(manifest.config()));
        root.set("layers", descriptors(manifest.layers()));
        return finish(root, manifest);
    }

    static byte[] write(ImageIndex index) {
        ObjectNode root = start(index);
        root.set("manifests", descriptors(index.manifests()));
        return finish(root, index);
    }

    static ObjectNode descriptor(Descriptor descriptor) {
        ObjectNode node = Json.object();
        node.put("mediaType", descriptor.mediaType().value());
        node.put("digest", descriptor.digest().toString());
        node.put("size", descriptor.size());
        if (!descriptor.urls().isEmpty()) {
            ArrayNode urls = node.putArray("urls");
            descriptor.urls().forEach(urls::add);
        }
        descriptor.platform().ifPresent(platform -> {
            ObjectNode shown = node.putObject("platform");
            shown.put("architecture", platform.architecture());
            shown.put("os", platform.os());
            platform.variant().ifPresent(variant -> shown.put("variant", variant));
        });
        descriptor.artifactType().ifPresent(type -> node.put("artifactType", type.value()));
        annotations(node, descriptor.annotations());
        return node;
    }

    private static ObjectNode start(Manifest manifest) {
        ObjectNode root = Json.object();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("mediaType", manifest.mediaType().value());
        manifest.artifactType().ifPresent(type -> root.put("artifactType", type.value()));
        return root;
    }

    private static byte[] finish(ObjectNode root, Manifest manifest) {
        Optional<Descriptor> subject = manifest.subject();
        subject.ifPresent(value -> root.set("subject", descriptor(value)));
        annotations(root, manifest.annotations());
        return Json.bytes(root);
    }

    private static ArrayNode descriptors(List<Descriptor> descriptors) {
        ArrayNode array = Json.array();
        descriptors.forEach(descriptor -> array.add(descriptor(descriptor)));
        return array;
    }

    private static void annotations(ObjectNode node, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            ObjectNode shown = node.putObject("annotations");
            annotations.forEach(shown::put);
        }
    }
}
