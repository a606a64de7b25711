package dev.slipway.platform.runtime.mesos.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads HTTP/1.1 answers (RFC 9112) from a connection, whole or as they arrive, within limits. */
final class HttpInput {
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9][0-9]");
    private static final int MOST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final int PIECE = 32 * 1024;

    private final InputStream in;

    HttpInput(InputStream in) {
        this.in = new BufferedInputStream(in, PIECE);
    }

    /** Status and headers of an answer. */
    record Head(int status, Map<String, String> headers) {
        boolean chunked() {
            return headers.getOrDefault("transfer-encoding", "")
                    .toLowerCase(Locale.ROOT)
                    .contains("chunked");
        }
    }

    /** Takes a piece of a body. */
    interface Pieces {
        void take(ByteBuffer piece) throws IOException;
    }

    /** The next head; empty when the connection ended before one. */
    Optional<Head> head() throws IOException {
        Optional<String> first = line(true);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = first.get().split(" ", 3);
        if (parts.length < 2
                || !parts[0].startsWith("HTTP/1.")
                || !STATUS.matcher(parts[1]).matches()) {
            throw new MalformedStreamException("an answer that begins with '" + first.get() + "'");
        }
        Map<String, String> headers = new HashMap<>();
        while (true) {
            String line = line(false).orElseThrow();
            if (line.isEmpty()) {
                return Optional.of(new Head(Integer.parseInt(parts[1]), headers));
            }
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() >= MOST_HEADERS) {
                throw new MalformedStreamException("a header line '" + line + "', or too many of them");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    /** The whole body that goes with a head. */
    byte[] body(Head head, int mostBytes) throws IOException {
        if (head.chunked()) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            boolean ended = chunks(piece -> {
                if (whole.size() + piece.remaining() > mostBytes) {
                    throw new MalformedStreamException("a body of more than " + mostBytes + " bytes");
                }
                whole.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
            });
            if (!ended) {
                throw new EOFException("the connection ended within an answer");
            }
            return whole.toByteArray();
        }
        String length = head.headers().get("content-length");
        if (length == null) {
            if (head.status() == 204 || head.status() == 304) {
                return new byte[0];
            }
            throw new MalformedStreamException("an answer of unknown length");
        }
        byte[] body = in.readNBytes(number(length, 10, mostBytes));
        if (body.length != number(length, 10, mostBytes)) {
            throw new EOFException("the connection ended within an answer");
        }
        return body;
    }

    /**
     * Hands on the pieces of a chunked body as they arrive.
     *
     * @return whether it ended as it should; false when the connection was cut
     */
    boolean chunks(Pieces pieces) throws IOException {
        byte[] piece = new byte[PIECE];
        while (true) {
            Optional<String> line = line(true);
            if (line.isEmpty()) {
                return false;
            }
            int left = number(line.get().split(";", 2)[0].strip(), 16, Integer.MAX_VALUE);
            if (left == 0) {
                trailers();
                return true;
            }
            while (left > 0) {
                int read = in.read(piece, 0, Math.min(left, piece.length));
                if (read < 0) {
                    return false;
                }
                pieces.take(ByteBuffer.wrap(piece, 0, read));
                left -= read;
            }
            Optional<String> end = line(true);
            if (end.isEmpty()) {
                return false;
            }
            if (!end.get().isEmpty()) {
                throw new MalformedStreamException("a chunk that is longer than it says");
            }
        }
    }

    private void trailers() throws IOException {
        int count = 0;
        while (!line(true).orElse("").isEmpty()) {
            if (++count > MOST_HEADERS) {
                throw new MalformedStreamException("too many trailers");
            }
        }
    }

    private static int number(String text, int radix, int most) throws MalformedStreamException {
        try {
            if (text.isEmpty() || !Character.isLetterOrDigit(text.charAt(0))) {
                throw new NumberFormatException("no digits");
            }
            long number = Long.parseLong(text, radix);
            if (number > most) {
                throw new MalformedStreamException(number + " bytes where at most " + most + " are taken");
            }
            return (int) number;
        } catch (NumberFormatException e) {
            throw new MalformedStreamException("a length of '" + text + "'");
        }
    }

    /** One line without its end; empty at the end of the connection, which is an error unless it may be there. */
    private Optional<String> line(boolean mayEnd) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        while (true) {
            int next = in.read();
            if (next < 0) {
                if (mayEnd) {
                    return Optional.empty();
                }
                throw new EOFException("the connection ended within a head");
            }
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            if (line.size() >= MOST_LINE) {
                throw new MalformedStreamException("a line of more than " + MOST_LINE + " bytes");
            }
            line.write(next);
        }
    }
}
