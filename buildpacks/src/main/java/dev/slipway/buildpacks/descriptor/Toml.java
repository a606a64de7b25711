package dev.slipway.buildpacks.descriptor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes TOML with errors that name the file and the line. */
public final class Toml {

    private static final TomlMapper MAPPER = new TomlMapper();

    private Toml() {}

    /**
     * Reads a document.
     *
     * @param file name for errors
     * @param text the whole file
     * @return its root table
     */
    public static JsonNode parse(String file, String text) throws DescriptorException {
        try {
            JsonNode root = MAPPER.readTree(text);
            return root == null || root.isMissingNode() ? MAPPER.createObjectNode() : root;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new DescriptorException(file, line, "", "is not valid TOML: " + e.getOriginalMessage() + ".");
        } catch (IOException | RuntimeException e) {
            // The parser of the library lets a few RuntimeExceptions through, such as those of dates that do not exist.
            throw new DescriptorException(file, 0, "", "is not valid TOML: " + e.getMessage() + ".");
        }
    }

    /** Writes a table as a document. */
    public static String write(JsonNode table) {
        try {
            return MAPPER.writeValueAsString(table);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Tried to write a table as TOML: " + e.getOriginalMessage(), e);
        }
    }

    /** A new empty table. */
    public static com.fasterxml.jackson.databind.node.ObjectNode table() {
        return MAPPER.createObjectNode();
    }

    /**
     * The tables of an array of tables.
     *
     * @param file name for errors
     * @param table where the array is looked for
     * @param key its key; if absent the list is empty
     */
    public static List<JsonNode> tables(String file, JsonNode table, String key) throws DescriptorException {
        JsonNode array = table.path(key);
        List<JsonNode> found = new ArrayList<>();
        if (array.isMissingNode()) {
            return found;
        }
        if (!(array instanceof ArrayNode)) {
            throw new DescriptorException(file, 0, key, "expected an array of tables, written [[" + key + "]].");
        }
        for (JsonNode item : array) {
            if (!item.isObject()) {
                throw new DescriptorException(file, 0, key, "expected an array of tables, written [[" + key + "]].");
            }
            found.add(item);
        }
        return found;
    }

    /** A text that must be there. */
    public static String text(String file, JsonNode table, String key) throws DescriptorException {
        JsonNode value = table.path(key);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new DescriptorException(file, 0, key, "expected a text in quotes.");
        }
        return value.textValue();
    }

    /** A list of texts; if absent the list is empty. */
    public static List<String> texts(String file, JsonNode table, String key) throws DescriptorException {
        JsonNode value = table.path(key);
        List<String> found = new ArrayList<>();
        if (value.isMissingNode()) {
            return found;
        }
        if (!value.isArray()) {
            throw new DescriptorException(file, 0, key, "expected a list of texts.");
        }
        for (JsonNode item : value) {
            if (!item.isTextual()) {
                throw new DescriptorException(file, 0, key, "expected a list of texts.");
            }
            found.add(item.textValue());
        }
        return found;
    }

    /** A truth value; {@code false} if absent. */
    public static boolean flag(String file, JsonNode table, String key) throws DescriptorException {
        JsonNode value = table.path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new DescriptorException(file, 0, key, "expected true or false.");
        }
        return value.asBoolean(false);
    }
}
