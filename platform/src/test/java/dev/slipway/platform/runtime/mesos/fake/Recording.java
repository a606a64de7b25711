package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One line after the other of what a real Mesos 1.11 was asked and said; the format is told in the recordings' README. */
final class Recording {
    static final ObjectMapper JSON = new ObjectMapper();

    private Recording() {}

    static List<JsonNode> lines(String name) {
        try (var in = Recording.class.getResourceAsStream("/mesos/recordings/" + name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().map(Recording::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body as it was sent: JSON, or a string that was sent raw. */
    static String body(JsonNode request) {
        JsonNode body = request.path("body");
        return body.isNull() || body.isMissingNode() ? "" : body.isTextual() ? body.asText() : body.toString();
    }

    static Optional<String> text(JsonNode response) {
        JsonNode body = response.path("body");
        return body.isTextual() ? Optional.of(body.asText()) : Optional.empty();
    }
}
