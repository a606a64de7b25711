package dev.slipway.platform.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client that sends what it is told, right or wrong, and reads responses byte by byte. */
final class RawClient implements AutoCloseable {
    final Socket socket;
    final InputStream in;

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    record Response(int status, List<String> fields, byte[] body, List<String> trailers) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Optional<String> field(String name) {
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(field -> field.substring(name.length() + 1).trim())
                    .findFirst();
        }
    }

    RawClient send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Response read() throws IOException {
        return read(false);
    }

    /** Reads one response; with {@code head} none of it is a body. */
    Response read(boolean head) throws IOException {
        Response start = readHead();
        int status = start.status();
        if (head || status < 200 || status == 204 || status == 304) {
            return start;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> trailers = new ArrayList<>();
        if (start.field("transfer-encoding").isPresent()) {
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.write(exactly(size));
                line();
            }
            for (String line = line(); !line.isEmpty(); line = line()) {
                trailers.add(line);
            }
        } else if (start.field("content-length").isPresent()) {
            body.write(exactly(Integer.parseInt(start.field("content-length").get())));
        } else {
            in.transferTo(body);
        }
        return new Response(status, start.fields(), body.toByteArray(), trailers);
    }

    Response readHead() throws IOException {
        String first = line();
        List<String> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            fields.add(line);
        }
        return new Response(Integer.parseInt(first.split(" ")[1]), fields, new byte[0], List.of());
    }

    byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("closed after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    boolean closed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
