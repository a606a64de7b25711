package dev.slipway.registry.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads and writes image configurations. */
final class ImageConfigJson {
    private ImageConfigJson() {}

    static byte[] write(ImageConfig image) {
        ObjectNode root = Json.object();
        image.created().ifPresent(at -> root.put("created", at.toString()));
        root.put("architecture", image.platform().architecture());
        root.put("os", image.platform().os());
        image.platform().variant().ifPresent(variant -> root.put("variant", variant));
        root.set("config", launch(image.launch()));
        ObjectNode rootfs = root.putObject("rootfs");
        rootfs.put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        image.diffIds().forEach(id -> diffIds.add(id.toString()));
        if (!image.history().isEmpty()) {
            ArrayNode history = root.putArray("history");
            image.history().forEach(entry -> {
                ObjectNode node = history.addObject();
                entry.created().ifPresent(at -> node.put("created", at.toString()));
                entry.createdBy().ifPresent(by -> node.put("created_by", by));
                entry.comment().ifPresent(comment -> node.put("comment", comment));
                if (entry.emptyLayer()) {
                    node.put("empty_layer", true);
                }
            });
        }
        return Json.bytes(root);
    }

    private static ObjectNode launch(LaunchConfig launch) {
        ObjectNode node = Json.object();
        launch.user().ifPresent(user -> node.put("User", user));
        if (!launch.exposedPorts().isEmpty()) {
            ObjectNode ports = node.putObject("ExposedPorts");
            launch.exposedPorts().forEach(ports::putObject);
        }
        strings(node, "Env", launch.environment());
        strings(node, "Entrypoint", launch.entrypoint());
        strings(node, "Cmd", launch.arguments());
        launch.workingDirectory().ifPresent(directory -> node.put("WorkingDir", directory));
        if (!launch.labels().isEmpty()) {
            ObjectNode labels = node.putObject("Labels");
            launch.labels().forEach(labels::put);
        }
        launch.stopSignal().ifPresent(signal -> node.put("StopSignal", signal));
        return node;
    }

    private static void strings(ObjectNode node, String key, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = node.putArray(key);
            values.forEach(array::add);
        }
    }

    static ImageConfig parse(byte[] content) {
        JsonNode root = Json.readObject(content, "image configuration");
        List<Digest> diffIds = new ArrayList<>();
        for (String id : ManifestParser.strings(root.path("rootfs").get("diff_ids"), "rootfs.diff_ids")) {
            diffIds.add(Digest.parse(id));
        }
        List<ImageConfig.History> history = new ArrayList<>();
        for (JsonNode entry : root.path("history")) {
            history.add(new ImageConfig.History(
                    instant(entry.get("created"), "history.created"),
                    optional(entry.get("created_by"), "history.created_by"),
                    optional(entry.get("comment"), "history.comment"),
                    entry.path("empty_layer").asBoolean(false)));
        }
        return new ImageConfig(
                new Platform(
                        ManifestParser.text(root.get("architecture"), "architecture"),
                        ManifestParser.text(root.get("os"), "os"),
                        optional(root.get("variant"), "variant")),
                instant(root.get("created"), "created"),
                launch(root.path("config")),
                diffIds,
                history);
    }

    private static LaunchConfig launch(JsonNode node) {
        TreeSet<String> ports = new TreeSet<>();
        node.path("ExposedPorts").fieldNames().forEachRemaining(ports::add);
        return new LaunchConfig(
                optional(node.get("User"), "config.User"),
                ManifestParser.strings(node.get("Env"), "config.Env"),
                ManifestParser.strings(node.get("Entrypoint"), "config.Entrypoint"),
                ManifestParser.strings(node.get("Cmd"), "config.Cmd"),
                optional(node.get("WorkingDir"), "config.WorkingDir"),
                ManifestParser.annotations(node.get("Labels"), "config.Labels"),
                ports,
                optional(node.get("StopSignal"), "config.StopSignal"));
    }

    private static Optional<String> optional(@Nullable JsonNode node, String where) {
        return ManifestParser.absent(node)
                ? Optional.empty()
                : Optional.of(ManifestParser.text(node, where)).filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> instant(@Nullable JsonNode node, String where) {
        Optional<String> text = optional(node, where);
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeParseException e) {
            throw ManifestParser.invalid(where + " is not a time: " + Excerpt.of(text.orElse("")));
        }
    }
}
