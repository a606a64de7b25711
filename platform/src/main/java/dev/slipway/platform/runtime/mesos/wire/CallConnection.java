package dev.slipway.platform.runtime.mesos.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One connection on which calls go out one after the other without waiting for their answers, as Mesos' own scheduler
 * library does: the master takes them in this order, and a round trip costs time once and not for every call.
 */
final class CallConnection implements AutoCloseable {
    private static final int MOST_BODY = 64 << 20;

    private final Socket socket;
    private final OutputStream out;
    private final HttpInput in;
    private final Deque<CompletableFuture<HttpAnswer>> waiting = new ArrayDeque<>();
    private boolean closed;

    private CallConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
        this.in = new HttpInput(socket.getInputStream());
    }

    static CallConnection open(Dialer dialer, MasterAddress address, Executor work) throws IOException {
        CallConnection connection = new CallConnection(dialer.dial(address));
        work.execute(connection::read);
        return connection;
    }

    /** A request: its head without the empty line, and its body. */
    @SuppressWarnings("ArrayRecordComponent")
    record Request(String head, byte[] body) {}

    /** Sends requests in this order; the answers come in the same. */
    List<CompletableFuture<HttpAnswer>> send(List<Request> requests) {
        List<CompletableFuture<HttpAnswer>> answers = new ArrayList<>(requests.size());
        // One writer at a time, and its place in the queue of answers is its place on the wire.
        synchronized (out) {
            for (Request request : requests) {
                CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
                answers.add(answer);
                if (!expect(answer)) {
                    answer.completeExceptionally(new IOException("the connection was closed before"));
                    continue;
                }
                try {
                    out.write((request.head() + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                    out.write(request.body());
                } catch (IOException e) {
                    fail(e);
                }
            }
            try {
                out.flush();
            } catch (IOException e) {
                fail(e);
            }
        }
        return answers;
    }

    private boolean expect(CompletableFuture<HttpAnswer> answer) {
        synchronized (waiting) {
            if (!closed) {
                waiting.addLast(answer);
            }
            return !closed;
        }
    }

    private void read() {
        try {
            while (true) {
                Optional<HttpInput.Head> head = headOrIdle();
                if (head.isEmpty()) {
                    throw new IOException("the other side closed the connection");
                }
                byte[] body = in.body(head.get(), MOST_BODY);
                CompletableFuture<HttpAnswer> answer;
                synchronized (waiting) {
                    answer = waiting.pollFirst();
                }
                if (answer == null) {
                    throw new MalformedStreamException("an answer to nothing");
                }
                answer.complete(new HttpAnswer(head.get().status(), head.get().headers(), body));
                if (head.get().headers().getOrDefault("connection", "").equalsIgnoreCase("close")) {
                    throw new IOException("the other side closes the connection after this answer");
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private Optional<HttpInput.Head> headOrIdle() throws IOException {
        while (true) {
            try {
                return in.head();
            } catch (SocketTimeoutException e) {
                synchronized (waiting) {
                    if (!waiting.isEmpty()) {
                        throw e;
                    }
                }
            }
        }
    }

    private void fail(IOException cause) {
        List<CompletableFuture<HttpAnswer>> left;
        synchronized (waiting) {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        left.forEach(answer -> answer.completeExceptionally(cause));
    }

    boolean closed() {
        synchronized (waiting) {
            return closed;
        }
    }

    @Override
    public void close() {
        fail(new IOException("closed"));
    }
}
