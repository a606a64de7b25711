package dev.slipway.platform.proxy;

import dev.slipway.platform.route.Backend;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A backend written on bare sockets: reads a request's head, then does what the test's script says. */
final class RawBackend implements AutoCloseable {
    final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    final Backend backend;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Script script;

    /** Does one exchange; false closes the connection. */
    interface Script {
        boolean answer(Request request, InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    record Request(String line, List<String> fields, int connection) {
        Optional<String> field(String name) {
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(field -> field.substring(name.length() + 1).trim())
                    .findFirst();
        }

        int length() {
            return field("content-length").map(Integer::parseInt).orElse(0);
        }
    }

    RawBackend(String name, Script script) throws IOException {
        this.script = script;
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        backend = new Backend(name, "127.0.0.1", server.getLocalPort());
        Thread.ofVirtual().start(this::accept);
    }

    /** A backend that answers every request with {@code text} after it has read the body. */
    static RawBackend saying(String name, String text) throws IOException {
        return new RawBackend(name, (request, in, out) -> {
            in.readNBytes(request.length());
            say(out, text);
            return true;
        });
    }

    static void say(OutputStream out, String text) throws IOException {
        raw(out, "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
    }

    static void raw(OutputStream out, String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void accept() {
        try {
            for (int number = 1; ; number++) {
                Socket socket = server.accept();
                sockets.add(socket);
                int connection = number;
                Thread.ofVirtual().start(() -> serve(socket, connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String line = line(in);
                if (line == null) {
                    return;
                }
                List<String> fields = new ArrayList<>();
                for (String field = line(in); field != null && !field.isEmpty(); field = line(in)) {
                    fields.add(field);
                }
                Request request = new Request(line, fields, connection);
                requests.add(request);
                if (!script.answer(request, in, socket.getOutputStream())) {
                    return;
                }
            }
        } catch (IOException | InterruptedException broken) {
            // the proxy has closed the connection
        }
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Closes every connection, as a server does that has waited long enough. */
    void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }
}
