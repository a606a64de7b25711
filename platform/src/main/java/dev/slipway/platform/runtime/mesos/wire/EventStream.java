package dev.slipway.platform.runtime.mesos.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The answer to SUBSCRIBE: a stream of records that ends only when something is over. */
final class EventStream implements AutoCloseable {
    private static final int MOST_RECORD = 256 << 20;
    private static final int MOST_REFUSAL = 1 << 20;

    private final Socket socket;
    private final HttpInput in;
    private final HttpInput.Head head;

    private EventStream(Socket socket, HttpInput in, HttpInput.Head head) {
        this.socket = socket;
        this.in = in;
        this.head = head;
    }

    /** Either the stream or the answer that refused it. */
    sealed interface Opened {
        record Streaming(EventStream stream) implements Opened {}

        record Answered(HttpAnswer answer) implements Opened {}
    }

    static Opened open(Dialer dialer, MasterAddress address, CallConnection.Request request) throws IOException {
        Socket socket = dialer.dial(address);
        try {
            OutputStream out = socket.getOutputStream();
            byte[] headBytes = (request.head() + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            byte[] whole = new byte[headBytes.length + request.body().length];
            System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
            System.arraycopy(request.body(), 0, whole, headBytes.length, request.body().length);
            out.write(whole);
            out.flush();
            HttpInput in = new HttpInput(socket.getInputStream());
            HttpInput.Head head = in.head().orElseThrow(() -> new IOException("the connection was closed unanswered"));
            if (head.status() == 200 && head.chunked()) {
                return new Opened.Streaming(new EventStream(socket, in, head));
            }
            byte[] body = in.body(head, MOST_REFUSAL);
            socket.close();
            return new Opened.Answered(new HttpAnswer(head.status(), head.headers(), body));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(head.headers().get(name));
    }

    /** How long silence may last before the stream counts as dead. */
    void patience(Duration atMost) throws IOException {
        socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, atMost.toMillis())));
    }

    /** Hands on every record on the calling thread until the end. */
    StreamEnd read(Consumer<byte[]> records) {
        RecordIoDecoder decoder = new RecordIoDecoder(MOST_RECORD);
        try (socket) {
            boolean ended = in.chunks(piece -> decoder.feed(piece, records));
            return ended && decoder.between()
                    ? new StreamEnd.Terminated()
                    : new StreamEnd.Cut(!decoder.between(), "the connection ended");
        } catch (SocketTimeoutException e) {
            return new StreamEnd.Silent();
        } catch (MalformedStreamException e) {
            return new StreamEnd.Malformed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new StreamEnd.Cut(!decoder.between(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is closed either way
        }
    }
}
