package dev.slipway.registry.oci;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Understands manifests, and says what is wrong and where when it cannot. */
final class ManifestParser {
    private static final int MAX_DESCRIPTORS = 20_000;

    private ManifestParser() {}

    static Manifest parse(MediaType mediaType, byte[] content) {
        if (content.length > Manifest.MAX_BYTES) {
            throw new RegistryException(
                    ErrorCode.MANIFEST_TOO_LARGE,
                    "manifest has " + content.length + " bytes, the limit is " + Manifest.MAX_BYTES);
        }
        if (!mediaType.isImage() && !mediaType.isIndex()) {
            throw invalid("media type " + mediaType + " is not that of a manifest");
        }
        JsonNode root = Json.readObject(content, "manifest");
        if (root.path("schemaVersion").asInt(0) != 2) {
            throw invalid("schemaVersion is not 2");
        }
        JsonNode declared = root.get("mediaType");
        if (declared != null && !mediaType.value().equals(declared.asText())) {
            throw invalid("mediaType says " + Excerpt.of(declared.asText()) + ", the request says " + mediaType);
        }
        return mediaType.isIndex() ? index(mediaType, root) : image(mediaType, root);
    }

    private static ImageManifest image(MediaType mediaType, JsonNode root) {
        if (root.has("manifests")) {
            throw invalid("an image manifest must not have manifests");
        }
        return new ImageManifest(
                mediaType,
                optionalType(root.get("artifactType"), "artifactType"),
                descriptor(root.get("config"), "config"),
                descriptors(root.get("layers"), "layers"),
                optionalDescriptor(root.get("subject"), "subject"),
                annotations(root.get("annotations"), "annotations"));
    }

    private static ImageIndex index(MediaType mediaType, JsonNode root) {
        if (root.has("layers") || root.has("config")) {
            throw invalid("an index must not have config or layers");
        }
        return new ImageIndex(
                mediaType,
                optionalType(root.get("artifactType"), "artifactType"),
                descriptors(root.get("manifests"), "manifests"),
                optionalDescriptor(root.get("subject"), "subject"),
                annotations(root.get("annotations"), "annotations"));
    }

    static Descriptor descriptor(@Nullable JsonNode node, String where) {
        if (node == null || !node.isObject()) {
            throw invalid(where + " is missing or not an object");
        }
        JsonNode size = node.get("size");
        if (size == null || !size.isIntegralNumber() || !size.canConvertToLong()) {
            throw invalid(where + ".size is missing or not a whole number");
        }
        Digest digest;
        try {
            digest = Digest.parse(text(node.get("digest"), where + ".digest"));
        } catch (RegistryException e) {
            throw invalid(where + ".digest: " + e.detail());
        }
        return new Descriptor(
                MediaType.parse(text(node.get("mediaType"), where + ".mediaType")),
                digest,
                size.longValue(),
                annotations(node.get("annotations"), where + ".annotations"),
                optionalType(node.get("artifactType"), where + ".artifactType"),
                platform(node.get("platform"), where + ".platform"),
                strings(node.get("urls"), where + ".urls"));
    }

    private static List<Descriptor> descriptors(@Nullable JsonNode node, String where) {
        if (node == null || !node.isArray()) {
            throw invalid(where + " is missing or not a list");
        }
        if (node.size() > MAX_DESCRIPTORS) {
            throw invalid(where + " has " + node.size() + " entries, the limit is " + MAX_DESCRIPTORS);
        }
        List<Descriptor> found = new ArrayList<>(node.size());
        for (JsonNode entry : node) {
            found.add(descriptor(entry, where + "[" + found.size() + "]"));
        }
        return found;
    }

    private static Optional<Descriptor> optionalDescriptor(@Nullable JsonNode node, String where) {
        return absent(node) ? Optional.empty() : Optional.of(descriptor(node, where));
    }

    private static Optional<MediaType> optionalType(@Nullable JsonNode node, String where) {
        if (node == null || node.isNull() || node.isTextual() && node.asText().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(MediaType.parse(text(node, where)));
    }

    private static Optional<Platform> platform(@Nullable JsonNode node, String where) {
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        JsonNode variant = node.get("variant");
        return Optional.of(new Platform(
                text(node.get("architecture"), where + ".architecture"),
                text(node.get("os"), where + ".os"),
                variant == null || variant.isNull()
                        ? Optional.empty()
                        : Optional.of(text(variant, where + ".variant"))));
    }

    static Map<String, String> annotations(@Nullable JsonNode node, String where) {
        Map<String, String> found = new LinkedHashMap<>();
        if (node == null || node.isNull()) {
            return found;
        }
        if (!node.isObject()) {
            throw invalid(where + " is not an object");
        }
        node.properties().forEach(entry -> found.put(entry.getKey(), text(entry.getValue(), where)));
        return found;
    }

    static List<String> strings(@Nullable JsonNode node, String where) {
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw invalid(where + " is not a list");
        }
        List<String> found = new ArrayList<>(node.size());
        node.forEach(entry -> found.add(text(entry, where)));
        return found;
    }

    static String text(@Nullable JsonNode node, String where) {
        if (node == null || !node.isTextual()) {
            throw invalid(where + " is missing or not a text");
        }
        return node.asText();
    }

    static boolean absent(@Nullable JsonNode node) {
        return node == null || node.isNull();
    }

    static RegistryException invalid(String detail) {
        return new RegistryException(ErrorCode.MANIFEST_INVALID, detail);
    }
}
