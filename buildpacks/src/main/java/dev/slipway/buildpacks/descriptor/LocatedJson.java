package dev.slipway.buildpacks.descriptor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** A JSON value of a descriptor file that knows its key and line, so that errors can name them. */
final class LocatedJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private final Map<String, Integer> lines;
    private final String pointer;
    private final JsonNode node;

    private LocatedJson(String file, Map<String, Integer> lines, String pointer, JsonNode node) {
        this.file = file;
        this.lines = lines;
        this.pointer = pointer;
        this.node = node;
    }

    static LocatedJson parse(String file, String text) throws DescriptorException {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root == null || root.isMissingNode()) {
                throw new DescriptorException(file, 0, "", "is empty. Write at least {}.");
            }
            return new LocatedJson(file, lines(text), "", root);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new DescriptorException(file, line, "", "is not valid JSON: " + plain(e.getOriginalMessage()) + ".");
        } catch (IOException e) {
            throw new DescriptorException(file, 0, "", "cannot be read: " + e.getMessage() + ".");
        }
    }

    /** The parser's message without where it thinks that the text came from. */
    private static String plain(String message) {
        return message.replaceAll(" \\(start marker at \\[.*", "");
    }

    private static Map<String, Integer> lines(String text) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = MAPPER.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        }
        return lines;
    }

    LocatedJson get(String key) {
        String escaped = key.replace("~", "~0").replace("/", "~1");
        return new LocatedJson(file, lines, pointer + "/" + escaped, node.path(key));
    }

    LocatedJson at(int index) {
        return new LocatedJson(file, lines, pointer + "/" + index, node.path(index));
    }

    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    boolean isText() {
        return node.isTextual();
    }

    Iterator<String> keys() {
        return node.fieldNames();
    }

    int size() {
        return node.size();
    }

    LocatedJson object() throws DescriptorException {
        return expect(node.isObject(), "an object {…}");
    }

    LocatedJson array() throws DescriptorException {
        return expect(node.isArray(), "a list […]");
    }

    String text() throws DescriptorException {
        expect(node.isTextual(), "a text in quotes");
        return node.textValue();
    }

    /** A text, or a number or truth value in its text form. */
    String scalar() throws DescriptorException {
        expect(node.isValueNode() && !node.isNull(), "a text, a number, true or false");
        return node.asText();
    }

    String textOr(String otherwise) throws DescriptorException {
        return present() ? text() : otherwise;
    }

    boolean booleanOr(boolean otherwise) throws DescriptorException {
        if (!present()) {
            return otherwise;
        }
        expect(node.isBoolean(), "true or false");
        return node.booleanValue();
    }

    int numberOr(int otherwise, int least, int most) throws DescriptorException {
        if (!present()) {
            return otherwise;
        }
        boolean fits = node.isIntegralNumber()
                && node.canConvertToInt()
                && node.intValue() >= least
                && node.intValue() <= most;
        expect(fits, "a whole number from " + least + " to " + most);
        return node.intValue();
    }

    DescriptorException problem(String problem) {
        String key = pointer.isEmpty()
                ? ""
                : pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
        return new DescriptorException(file, lines.getOrDefault(pointer, 0), key, problem);
    }

    private LocatedJson expect(boolean holds, String wanted) throws DescriptorException {
        if (!holds) {
            String found = node.toString();
            throw problem("expected " + wanted + "; found "
                    + (present() ? (found.length() <= 60 ? found : found.substring(0, 60) + "…") : "nothing") + ".");
        }
        return this;
    }
}
