package dev.slipway.platform.runtime.mesos.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A whole HTTP answer.
 *
 * @param status for example 202
 * @param headers names in lower case
 * @param body its bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the socket to a parser, never compared
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final int QUOTED = 300;

    public HttpAnswer {
        headers = Map.copyOf(headers);
    }

    /** A header's value. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the call was taken. */
    public boolean taken() {
        return status >= 200 && status < 300;
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Status and the beginning of the body, for a message to a person. */
    public String summary() {
        String said = text().strip();
        String cut = said.length() > QUOTED ? said.substring(0, QUOTED) + "…" : said;
        return cut.isEmpty() ? "status " + status : "status " + status + ": " + cut;
    }
}
