package dev.slipway.platform.verbs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes to the person's terminal or program: lines, tables, JSON, errors. Each write is shown at once. */
final class Console {
    private static final String ERROR = " !     ";

    private final OutputStream out;
    private final OutputStream err;
    private final boolean tty;
    private final boolean json;
    private final ObjectMapper mapper;

    /**
     * @param tty whether lines have to end with CR LF, as on a terminal in raw mode
     * @param json whether a program reads: errors are objects then
     */
    Console(OutputStream out, OutputStream err, boolean tty, boolean json, ObjectMapper mapper) {
        this.out = out;
        this.err = err;
        this.tty = tty;
        this.json = json;
        this.mapper = mapper;
    }

    /** Whether JSON is wanted. */
    boolean json() {
        return json;
    }

    /** Writes text as it is; it brings its own line ends. */
    void text(String text) {
        write(out, text);
    }

    void line(String line) {
        write(out, line + "\n");
    }

    void table(Table table, String whenEmpty) {
        if (table.lines().isEmpty()) {
            line(whenEmpty);
        } else {
            text(String.join("\n", table.lines()) + "\n");
        }
    }

    /** Writes a value as one line of JSON. */
    void value(Object value) {
        line(asJson(value));
    }

    /** Says what went wrong, each line marked, or as {@code {"error":{"code","message"}}}. */
    void error(String code, String sentence) {
        if (json) {
            write(err, asJson(Map.of("error", Map.of("code", code, "message", sentence))) + "\n");
            return;
        }
        StringBuilder marked = new StringBuilder();
        sentence.lines().forEach(line -> marked.append(ERROR).append(line).append('\n'));
        write(err, marked.toString());
    }

    private String asJson(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON: " + value.getClass(), e);
        }
    }

    private void write(OutputStream stream, String text) {
        String ended = tty ? text.replace("\r\n", "\n").replace("\n", "\r\n") : text;
        try {
            stream.write(ended.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
