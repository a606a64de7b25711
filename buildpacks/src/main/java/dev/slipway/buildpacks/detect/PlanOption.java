package dev.slipway.buildpacks.detect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.descriptor.Toml;
import java.util.ArrayList;
import java.util.List;

/**
 * One way in which a buildpack would take part: what it gives and what it needs.
 *
 * @param provides names
 * @param requires names with what the buildpack says about them
 */
public record PlanOption(List<String> provides, List<Requirement> requires) {

    /**
     * Something a buildpack needs.
     *
     * @param name what
     * @param metadata a table for the provider to read
     */
    public record Requirement(String name, JsonNode metadata) {}

    public PlanOption {
        provides = List.copyOf(provides);
        requires = List.copyOf(requires);
    }

    /**
     * Reads the build plan a detection wrote: the top level is the first option, each {@code [[or]]} one more.
     *
     * @param buildpack id, for errors
     * @param text the file, empty if nothing was written
     */
    public static List<PlanOption> parse(String buildpack, String text) throws DescriptorException {
        String file = "build plan of " + buildpack;
        JsonNode root = Toml.parse(file, text);
        List<PlanOption> options = new ArrayList<>();
        options.add(option(file, root));
        for (JsonNode other : Toml.tables(file, root, "or")) {
            options.add(option(file, other));
        }
        return options;
    }

    private static PlanOption option(String file, JsonNode table) throws DescriptorException {
        List<String> provides = new ArrayList<>();
        for (JsonNode provided : Toml.tables(file, table, "provides")) {
            provides.add(Toml.text(file, provided, "name"));
        }
        List<Requirement> requires = new ArrayList<>();
        for (JsonNode required : Toml.tables(file, table, "requires")) {
            JsonNode metadata = required.path("metadata");
            requires.add(
                    new Requirement(Toml.text(file, required, "name"), metadata.isObject() ? metadata : Toml.table()));
        }
        return new PlanOption(provides, requires);
    }
}
