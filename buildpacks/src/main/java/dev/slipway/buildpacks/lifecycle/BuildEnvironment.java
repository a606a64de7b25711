package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.detect.Buildpack;
import dev.slipway.buildpacks.image.EnvironmentChange;
import dev.slipway.buildpacks.image.ShellText;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.buildpacks.source.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of {@code bin/detect} and {@code bin/build} (CNB buildpack API, environment): what the lifecycle
 * provides, the developer's variables unless the buildpack wants none, and what earlier buildpacks' layers bring.
 */
final class BuildEnvironment {

    /** Variables that a developer's build variables do not reach. */
    private static final Set<String> RESERVED = Set.of("PATH", "HOME", "IFS", "LD_PRELOAD", "LD_LIBRARY_PATH");

    private final StackName stack;
    private final Map<String, String> variables;
    private final List<EnvironmentChange> layers = new ArrayList<>();

    BuildEnvironment(StackName stack, Map<String, String> variables) {
        this.stack = stack;
        this.variables = new TreeMap<>(variables);
        this.variables.keySet().removeIf(name -> !EnvironmentChange.isName(name) || name.startsWith("CNB_"));
    }

    /** Writes {@code <platform>/env}. */
    void writePlatform(Path platform) throws IOException {
        FileOwner owner = FileOwner.of(platform);
        Path directory = Files.createDirectory(platform.resolve("env"));
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            Path file = Files.writeString(directory.resolve(variable.getKey()), variable.getValue());
            owner.give(file);
        }
        owner.give(directory);
    }

    /** Adds what a buildpack's build layers bring to those after it. */
    void add(BuildpackLayers buildpack, Map<String, LayerFlags> flags) throws IOException {
        for (Map.Entry<String, LayerFlags> layer : flags.entrySet()) {
            if (layer.getValue().build()) {
                layers.addAll(LayerEnvironment.forBuild(
                        buildpack.layer(layer.getKey()), buildpack.inside() + "/" + layer.getKey()));
            }
        }
    }

    /** The environment of a detection as shell lines. */
    String forDetect(Buildpack buildpack) {
        return lines(buildpack).toString();
    }

    /** The environment of a build as shell lines. */
    String forBuild(Buildpack buildpack, String layersDirectory, String plan) {
        StringBuilder lines = lines(buildpack);
        layers.forEach(change -> lines.append(change.shell()).append('\n'));
        export(lines, "CNB_LAYERS_DIR", layersDirectory);
        export(lines, "CNB_BP_PLAN_PATH", plan);
        return lines.toString();
    }

    private StringBuilder lines(Buildpack buildpack) {
        StringBuilder lines = new StringBuilder();
        if (!buildpack.clearEnvironment()) {
            variables.forEach((name, value) -> {
                if (!RESERVED.contains(name)) {
                    export(lines, name, value);
                }
            });
        }
        export(lines, "CNB_BUILDPACK_DIR", "/cnb/buildpacks/" + buildpack.directory());
        export(lines, "CNB_PLATFORM_DIR", "/platform");
        export(lines, "CNB_APP_DIR", "/workspace");
        export(lines, "CNB_STACK_ID", "dev.slipway.stacks." + stack.family() + "." + stack.version());
        export(lines, "CNB_TARGET_OS", "linux");
        export(lines, "CNB_TARGET_ARCH", "amd64");
        export(lines, "CNB_TARGET_DISTRO_NAME", "debian");
        export(lines, "CNB_TARGET_DISTRO_VERSION", "12");
        return lines;
    }

    private static void export(StringBuilder lines, String name, String value) {
        lines.append("export ")
                .append(name)
                .append('=')
                .append(ShellText.quote(value))
                .append('\n');
    }
}
