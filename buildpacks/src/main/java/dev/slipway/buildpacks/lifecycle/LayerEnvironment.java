package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.image.EnvironmentChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Environment changes that a layer brings by its directories (CNB buildpack API, environment). */
final class LayerEnvironment {

    private static final Set<String> ACTIONS = Set.of("append", "prepend", "override", "default", "delim");

    private LayerEnvironment() {}

    /** For later buildpacks: {@code bin lib include pkgconfig}, then {@code env} and {@code env.build}. */
    static List<EnvironmentChange> forBuild(Path layer, String inside) throws IOException {
        List<EnvironmentChange> changes = new ArrayList<>();
        path(changes, layer, inside, "bin", "PATH");
        path(changes, layer, inside, "lib", "LD_LIBRARY_PATH");
        path(changes, layer, inside, "lib", "LIBRARY_PATH");
        path(changes, layer, inside, "include", "CPATH");
        path(changes, layer, inside, "pkgconfig", "PKG_CONFIG_PATH");
        changes.addAll(files(layer.resolve("env")));
        changes.addAll(files(layer.resolve("env.build")));
        return changes;
    }

    /** For every process: {@code bin lib}, then {@code env} and {@code env.launch}. */
    static List<EnvironmentChange> forLaunch(Path layer, String inside) throws IOException {
        List<EnvironmentChange> changes = new ArrayList<>();
        path(changes, layer, inside, "bin", "PATH");
        path(changes, layer, inside, "lib", "LD_LIBRARY_PATH");
        changes.addAll(files(layer.resolve("env")));
        changes.addAll(files(layer.resolve("env.launch")));
        return changes;
    }

    /** For one process type: {@code env.launch/<type>}. */
    static List<EnvironmentChange> forProcess(Path layer, String type) throws IOException {
        return files(layer.resolve("env.launch").resolve(type));
    }

    private static void path(
            List<EnvironmentChange> changes, Path layer, String inside, String directory, String variable) {
        if (SafeFile.isDirectory(layer.resolve(directory))) {
            changes.add(EnvironmentChange.path(variable, inside + "/" + directory));
        }
    }

    private static List<EnvironmentChange> files(Path directory) throws IOException {
        Map<String, String> delimiters = new TreeMap<>();
        List<EnvironmentChange> changes = new ArrayList<>();
        List<String> names = SafeFile.names(directory);
        for (String file : names) {
            if (file.endsWith(".delim")) {
                delimiters.put(
                        file.substring(0, file.lastIndexOf('.')),
                        SafeFile.text(directory.resolve(file)).orElse(""));
            }
        }
        for (String file : names) {
            int dot = file.lastIndexOf('.');
            String name = dot < 0 ? file : file.substring(0, dot);
            String action = dot < 0 ? "override" : file.substring(dot + 1);
            var text = SafeFile.text(directory.resolve(file));
            if (text.isEmpty()
                    || action.equals("delim")
                    || !ACTIONS.contains(action)
                    || !EnvironmentChange.isName(name)) {
                continue;
            }
            String delimiter = delimiters.getOrDefault(name, "");
            changes.add(new EnvironmentChange(
                    name,
                    switch (action) {
                        case "append" -> EnvironmentChange.Action.APPEND;
                        case "prepend" -> EnvironmentChange.Action.PREPEND;
                        case "default" -> EnvironmentChange.Action.DEFAULT;
                        default -> EnvironmentChange.Action.OVERRIDE;
                    },
                    text.get(),
                    delimiter));
        }
        return changes;
    }
}
