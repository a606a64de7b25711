package dev.slipway.buildpacks.detect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.descriptor.Toml;
import java.util.regex.Pattern;

/**
 * One buildpack, as its {@code buildpack.toml} describes it.
 *
 * @param id for example {@code slipway/nodejs}
 * @param version its own version
 * @param name for people, for example {@code Node.js}
 * @param directory name of its directory under {@code /cnb/buildpacks}
 * @param clearEnvironment whether the developer's build variables are kept out of its process environment
 */
public record Buildpack(String id, String version, String name, String directory, boolean clearEnvironment) {

    private static final Pattern API = Pattern.compile("0\\.(9|10|11|12)");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./-]{0,99}");

    /**
     * Reads a {@code buildpack.toml}.
     *
     * @param directory name of the buildpack's directory
     * @param text the whole file
     */
    public static Buildpack parse(String directory, String text) throws DescriptorException {
        String file = directory + "/buildpack.toml";
        JsonNode root = Toml.parse(file, text);
        String api = Toml.text(file, root, "api");
        if (!API.matcher(api).matches()) {
            throw new DescriptorException(file, 0, "api", "buildpack API 0.9 to 0.12 are understood, not " + api + ".");
        }
        JsonNode table = root.path("buildpack");
        String id = Toml.text(file, table, "id");
        if (!ID.matcher(id).matches() || id.equals("config") || id.equals("app") || id.contains("..")) {
            throw new DescriptorException(file, 0, "buildpack.id", "is not an id: " + id + ".");
        }
        return new Buildpack(
                id,
                Toml.text(file, table, "version"),
                Toml.text(file, table, "name"),
                directory,
                Toml.flag(file, table, "clear-env"));
    }

    /** The id as one name of a directory: {@code slipway_nodejs}. */
    public String escapedId() {
        return id.replace('/', '_');
    }
}
