package dev.slipway.buildpacks.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.descriptor.Toml;
import dev.slipway.buildpacks.detect.Buildpack;
import dev.slipway.buildpacks.image.LaunchProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The layers directory of one buildpack on the host.
 *
 * @param buildpack whose
 * @param directory where
 */
record BuildpackLayers(Buildpack buildpack, Path directory) {

    private static final Set<String> RESERVED = Set.of("launch.toml", "build.toml", "store.toml");
    private static final Pattern LAYER = Pattern.compile("[^/\\s]{1,100}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String TOML = ".toml";

    /** What a buildpack says in {@code launch.toml}. */
    record Launch(List<LaunchProcess> processes, Map<String, String> labels, List<List<String>> slices) {}

    /** Where the layers directory is inside the sandbox and inside the image. */
    String inside() {
        return "/layers/" + buildpack.escapedId();
    }

    Path layer(String name) {
        return directory.resolve(name);
    }

    /** Flags of every layer by name, in alphabetical order. */
    Map<String, LayerFlags> flags() throws IOException, DescriptorException {
        Map<String, LayerFlags> flags = new TreeMap<>();
        for (String file : SafeFile.names(directory)) {
            if (file.endsWith(TOML) && !RESERVED.contains(file)) {
                String name = file.substring(0, file.length() - TOML.length());
                Optional<String> text = SafeFile.text(directory.resolve(file));
                if (text.isPresent() && LAYER.matcher(name).matches() && !name.startsWith(".")) {
                    flags.put(name, LayerFlags.parse(file, text.get()));
                }
            }
        }
        return flags;
    }

    /** Names of the plan entries that the buildpack did not meet. */
    Set<String> unmet() throws IOException, DescriptorException {
        Set<String> names = new HashSet<>();
        String file = "build.toml";
        JsonNode root = Toml.parse(file, SafeFile.text(directory.resolve(file)).orElse(""));
        for (JsonNode entry : Toml.tables(file, root, "unmet")) {
            names.add(Toml.text(file, entry, "name"));
        }
        return names;
    }

    /** The text of {@code store.toml}, or empty. */
    Optional<String> store() throws IOException {
        return SafeFile.text(directory.resolve("store.toml"));
    }

    Launch launch() throws IOException, DescriptorException {
        String file = "launch.toml";
        JsonNode root = Toml.parse(file, SafeFile.text(directory.resolve(file)).orElse(""));
        List<LaunchProcess> processes = new ArrayList<>();
        for (JsonNode table : Toml.tables(file, root, "processes")) {
            processes.add(process(file, table));
        }
        Map<String, String> labels = new TreeMap<>();
        for (JsonNode table : Toml.tables(file, root, "labels")) {
            labels.put(Toml.text(file, table, "key"), table.path("value").asText());
        }
        List<List<String>> slices = new ArrayList<>();
        for (JsonNode table : Toml.tables(file, root, "slices")) {
            slices.add(Toml.texts(file, table, "paths"));
        }
        return new Launch(processes, labels, slices);
    }

    private LaunchProcess process(String file, JsonNode table) throws DescriptorException {
        String type = Toml.text(file, table, "type");
        if (!TYPE.matcher(type).matches()) {
            throw new DescriptorException(file, 0, "processes.type", "is not a process type: " + type + ".");
        }
        List<String> command = Toml.texts(file, table, "command");
        if (command.isEmpty() || command.getFirst().isEmpty()) {
            throw new DescriptorException(file, 0, "processes.command", "the process " + type + " has no command.");
        }
        JsonNode directory = table.path("working-dir");
        return new LaunchProcess(
                type,
                command,
                Toml.texts(file, table, "args"),
                directory.isTextual() ? directory.textValue() : "",
                Toml.flag(file, table, "default"),
                buildpack.id());
    }
}
