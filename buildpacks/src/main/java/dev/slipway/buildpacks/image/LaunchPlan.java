package dev.slipway.buildpacks.image;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the processes of an image are launched.
 *
 * @param processes by type in the order in which buildpacks named them; never empty
 * @param environment changes for every process, in order
 * @param processEnvironment further changes for single process types
 */
public record LaunchPlan(
        Map<String, LaunchProcess> processes,
        List<EnvironmentChange> environment,
        Map<String, List<EnvironmentChange>> processEnvironment) {

    /** Where the launcher stands in the image. */
    public static final String LAUNCHER = "/cnb/launch";

    private static final String PROCESS_DIRECTORY = "/cnb/process/";

    public LaunchPlan {
        processes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(processes));
        environment = List.copyOf(environment);
        processEnvironment = Map.copyOf(processEnvironment);
    }

    /** The process type that runs when nothing is asked for: the one marked so, else web, else the only one. */
    public Optional<String> defaultType() {
        Optional<String> marked = processes.values().stream()
                .filter(LaunchProcess::isDefault)
                .map(LaunchProcess::type)
                .reduce((first, last) -> last);
        if (marked.isPresent()) {
            return marked;
        }
        if (processes.containsKey("web")) {
            return Optional.of("web");
        }
        return processes.size() == 1 ? processes.keySet().stream().findFirst() : Optional.empty();
    }

    /** What a container is told to run a process type. */
    public static List<String> command(String type) {
        return List.of(PROCESS_DIRECTORY + type);
    }

    /** The process types for the runtime. */
    public List<ProcessType> types() {
        String byDefault = defaultType().orElse("");
        return processes.values().stream()
                .map(process -> new ProcessType(
                        process.type(),
                        command(process.type()),
                        process.display(),
                        process.type().equals(byDefault)))
                .toList();
    }
}
