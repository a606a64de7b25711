package dev.slipway.platform.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads request bodies strictly: bounded, no unknown or doubled fields, nothing after the end. */
@ApplicationScoped
class JsonBody {
    static final int MOST_BYTES = 8 << 20;

    private final ObjectMapper mapper;
    private final ObjectReader reader;

    JsonBody(ObjectMapper mapper) {
        this.mapper = mapper;
        this.reader = mapper.reader()
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }

    /** @throws ProblemException 400 with the place or the field, 413 when it is too large */
    <T> T read(InputStream body, Class<T> type) {
        return read(body, mapper.constructType(type));
    }

    /** An object whose fields are not known beforehand; {@code null} values are kept. */
    <V> Map<String, @Nullable V> readMap(InputStream body, Class<V> values) {
        return read(body, mapper.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, values));
    }

    /** An object of texts in which {@code null} takes a thing away; it comes out as an empty text. */
    Map<String, String> readChanges(InputStream body) {
        Map<String, String> changes = new LinkedHashMap<>();
        readMap(body, String.class).forEach((name, value) -> changes.put(name, Objects.requireNonNullElse(value, "")));
        return changes;
    }

    private <T> T read(InputStream body, JavaType type) {
        try {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ProblemException(
                        ProblemCode.TOO_LARGE, "A body has at most " + (MOST_BYTES >> 20) + " MB here.");
            }
            T value = bytes.length == 0 ? null : reader.forType(type).readValue(bytes);
            if (value == null) {
                throw new ProblemException(ProblemCode.INVALID_JSON, "A JSON object is needed as the body.");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_FIELD,
                    "There is no field \"" + shown(e.getPropertyName()) + "\" here; known are "
                            + e.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ".",
                    path(e));
        } catch (JsonMappingException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_FIELD, "The field has a value of another type than it takes.", path(e));
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemCode.INVALID_JSON, "The body is not JSON" + at(e.getLocation()) + ".");
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.INVALID_JSON, "The body did not arrive whole.");
        }
    }

    /** The value of a field that has to be there. */
    static <T> T required(String field, @Nullable T value) {
        return Optional.ofNullable(value)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_FIELD, "The field \"" + field + "\" is needed.", field));
    }

    private static @Nullable String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.isEmpty() ? null : shown(path);
    }

    private static String at(@Nullable JsonLocation place) {
        return place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.substring(0, Math.min(plain.length(), 60));
    }
}
