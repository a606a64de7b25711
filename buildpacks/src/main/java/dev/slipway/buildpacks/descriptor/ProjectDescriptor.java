package dev.slipway.buildpacks.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code project.toml} says (CNB project descriptor, schema 0.1 and 0.2): which buildpacks to use instead of
 * detecting, and which variables the build has.
 *
 * @param buildpacks ids of buildpacks in order; empty to detect
 * @param buildEnvironment variables of the build
 * @param unused keys of the file that Slipway knows and does not heed
 */
public record ProjectDescriptor(List<String> buildpacks, Map<String, String> buildEnvironment, List<String> unused) {

    /** Name of the file in the source tree. */
    public static final String FILE = "project.toml";

    /** What an app without the file has. */
    public static final ProjectDescriptor NONE = new ProjectDescriptor(List.of(), Map.of(), List.of());

    public ProjectDescriptor {
        buildpacks = List.copyOf(buildpacks);
        buildEnvironment = Map.copyOf(buildEnvironment);
        unused = List.copyOf(unused);
    }

    /**
     * Reads the file.
     *
     * @param text the whole file
     * @throws DescriptorException with the line or the key that is wrong
     */
    public static ProjectDescriptor parse(String text) throws DescriptorException {
        JsonNode root = Toml.parse(FILE, text);
        JsonNode section = root.path("io").path("buildpacks");
        String group = "group";
        String environment = "env";
        JsonNode variables = section.path("build").path(environment);
        if (section.isMissingNode()) {
            section = root.path("build");
            group = "buildpacks";
            variables = section.path(environment);
        }
        JsonNode found = section;
        List<String> unused =
                List.of("include", "exclude").stream().filter(found::has).toList();
        List<String> ids = new ArrayList<>();
        for (JsonNode buildpack : Toml.tables(FILE, section, group)) {
            if (buildpack.has("uri") || buildpack.has("script")) {
                throw new DescriptorException(
                        FILE, 0, group, "only bundled buildpacks can be named, by id; 'uri' and 'script' are not run.");
            }
            ids.add(Toml.text(FILE, buildpack, "id"));
        }
        return new ProjectDescriptor(ids, variables(variables), unused);
    }

    private static Map<String, String> variables(JsonNode variables) throws DescriptorException {
        Map<String, String> found = new LinkedHashMap<>();
        if (variables.isArray()) {
            for (JsonNode variable : variables) {
                JsonNode value = variable.path("value");
                if (!value.isValueNode()) {
                    throw new DescriptorException(FILE, 0, "env", "each [[…env]] needs a name and a value.");
                }
                found.put(Toml.text(FILE, variable, "name"), value.asText());
            }
        }
        return found;
    }
}
