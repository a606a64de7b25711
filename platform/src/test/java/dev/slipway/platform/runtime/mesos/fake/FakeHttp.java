package dev.slipway.platform.runtime.mesos.fake;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A bare HTTP/1.1 server that can do what a real one avoids: cut an answer anywhere, and end a chunked one in peace. */
final class FakeHttp implements AutoCloseable {

    /** Answers one request. */
    interface Handler {
        void handle(Request request) throws IOException;
    }

    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    FakeHttp(int port, @Nullable SSLContext tls, Handler handler) throws IOException {
        InetAddress local = InetAddress.getByName("127.0.0.1");
        this.server = tls == null
                ? new ServerSocket(port, 200, local)
                : tls.getServerSocketFactory().createServerSocket(port, 200, local);
        this.handler = handler;
        Thread.ofPlatform().daemon().name("fake-mesos-accept").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
            Stream stream = null;
            while (true) {
                Request request = read(in, out);
                if (stream != null && !stream.over) {
                    stream.gone();
                }
                if (request == null) {
                    return;
                }
                handler.handle(request);
                stream = request.stream;
                if (stream == null && in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException gone) {
            return;
        } finally {
            sockets.remove(socket);
        }
    }

    private static @Nullable Request read(InputStream in, OutputStream out) throws IOException {
        String first;
        try {
            first = line(in);
        } catch (IOException e) {
            return null;
        }
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ");
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        return new Request(parts[0], parts[1], headers, body, out);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        while (true) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            if (next == '\n') {
                int end = line.length() - 1;
                return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
            }
            line.append((char) next);
        }
    }

    /** Breaks every connection, as the end of the process does: no terminating chunk. */
    void cutAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        cutAll();
    }

    /** One request and the way to answer it. */
    static final class Request {
        final String method;
        final String path;
        final Map<String, String> query = new LinkedHashMap<>();
        final Map<String, String> headers;
        final byte[] body;
        private final OutputStream out;
        private @Nullable Stream stream;

        Request(String method, String target, Map<String, String> headers, byte[] body, OutputStream out) {
            this.method = method;
            int mark = target.indexOf('?');
            this.path = mark < 0 ? target : target.substring(0, mark);
            if (mark >= 0) {
                for (String pair : target.substring(mark + 1).split("&")) {
                    int equals = pair.indexOf('=');
                    query.put(
                            equals < 0 ? pair : pair.substring(0, equals),
                            equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
            this.headers = headers;
            this.body = body;
            this.out = out;
        }

        void answer(int status, String contentType, byte[] content, String... more) throws IOException {
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Length: " + content.length + "\r\n");
            if (!contentType.isEmpty()) {
                head.append("Content-Type: ").append(contentType).append("\r\n");
            }
            for (int i = 0; i < more.length; i += 2) {
                head.append(more[i]).append(": ").append(more[i + 1]).append("\r\n");
            }
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(content);
        }

        void text(int status, String message) throws IOException {
            answer(
                    status,
                    message.isEmpty() ? "" : "text/plain; charset=utf-8",
                    message.getBytes(StandardCharsets.UTF_8));
        }

        /** Begins a chunked answer. */
        Stream stream(String contentType, String streamId) throws IOException {
            out.write(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                            + (streamId.isEmpty() ? "" : "Mesos-Stream-Id: " + streamId + "\r\n") + "Content-Type: "
                            + contentType + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            Stream begun = new Stream(out);
            stream = begun;
            return begun;
        }
    }

    /**
     * A chunked answer that goes on. Written by a thread of its own: a master never waits for those who listen to it, or it
     * and they would wait for each other.
     */
    static final class Stream {
        private record Piece(byte[] bytes, boolean last, Runnable written) {}

        private final OutputStream out;
        private final BlockingQueue<Piece> waiting = new LinkedBlockingQueue<>();
        private volatile boolean over;
        private volatile Runnable whenGone = () -> {};

        Stream(OutputStream out) {
            this.out = out;
            Thread.startVirtualThread(this::write);
        }

        private void write() {
            List<Piece> pieces = new ArrayList<>();
            try {
                while (pieces.stream().noneMatch(Piece::last)) {
                    pieces.clear();
                    pieces.add(waiting.take());
                    waiting.drainTo(pieces);
                    for (Piece piece : pieces) {
                        out.write(piece.bytes());
                    }
                    out.flush();
                    pieces.forEach(piece -> piece.written().run());
                }
            } catch (IOException e) {
                over = true;
                pieces.forEach(piece -> piece.written().run());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void add(byte[] bytes, boolean last, Runnable written) {
            waiting.add(new Piece(bytes, last, written));
        }

        void whenGone(Runnable act) {
            whenGone = act;
        }

        private void gone() {
            over = true;
            add(new byte[0], true, () -> {});
            whenGone.run();
        }

        /** Writes one chunk; what the client does not take any more is dropped, as the kernel would. */
        void chunk(byte[] content) {
            if (!over) {
                add(framed(content, content.length), false, () -> {});
            }
        }

        private static byte[] framed(byte[] content, int sent) {
            byte[] head = (Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            byte[] whole = Arrays.copyOf(head, head.length + sent + (sent == content.length ? 2 : 0));
            System.arraycopy(content, 0, whole, head.length, sent);
            if (sent == content.length) {
                whole[whole.length - 2] = '\r';
                whole[whole.length - 1] = '\n';
            }
            return whole;
        }

        /** The terminating chunk; the connection stays open. */
        void end() {
            if (!over) {
                over = true;
                add("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), true, () -> {});
            }
        }

        /** Half of a chunk and then nothing: what a dying master leaves behind. */
        void half(byte[] content) {
            CountDownLatch written = new CountDownLatch(1);
            add(framed(content, content.length / 2), false, written::countDown);
            try {
                written.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
