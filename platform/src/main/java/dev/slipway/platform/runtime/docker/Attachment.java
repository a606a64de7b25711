package dev.slipway.platform.runtime.docker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The attached streams of a container, on a connection of our own: the client library's cannot end the input while
 * output still comes. Speaks the attach request of the Engine API, whose answer turns the connection into raw streams.
 */
final class Attachment implements AutoCloseable {

    /** Takes what the container prints. */
    interface Receiver {
        void receive(boolean error, byte[] chunk) throws InterruptedException;
    }

    private static final int STDERR = 2;
    private static final int MAX_FRAME = 1 << 20;

    private final EngineAddress.Wire wire;
    private final InputStream in;
    private final OutputStream out;

    private Attachment(EngineAddress.Wire wire) {
        this.wire = wire;
        this.in = wire.in();
        this.out = wire.out();
    }

    /** Attaches to a container that was created; start it afterwards. */
    static Attachment open(Engine engine, String container) throws IOException {
        Attachment attachment = new Attachment(engine.wire());
        try {
            String request = "POST /v1.41/containers/" + container
                    + "/attach?stream=1&stdin=1&stdout=1&stderr=1 HTTP/1.1\r\n"
                    + "Host: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n";
            attachment.out.write(request.getBytes(StandardCharsets.US_ASCII));
            attachment.expectUpgrade();
            return attachment;
        } catch (IOException e) {
            attachment.close();
            throw e;
        }
    }

    private void expectUpgrade() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 101") && !status.startsWith("HTTP/1.1 200")) {
            throw new IOException("the engine answered to attach: " + status);
        }
        String header = line();
        while (!header.isEmpty()) {
            header = line();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0 || line.length() > 8_192) {
                throw new EOFException("the engine closed the connection while attaching");
            }
            line.append((char) next);
            next = in.read();
        }
        return line.toString().strip();
    }

    /** What is written goes to the container's standard input; closing it ends that input. */
    OutputStream stdin() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                wire.endOutput();
            }
        };
    }

    /** Reads until the container closes its output; with a terminal the stream has no frames. */
    void pump(boolean terminal, Receiver receiver) throws IOException, InterruptedException {
        if (terminal) {
            byte[] buffer = new byte[16 * 1024];
            int count = in.read(buffer);
            while (count >= 0) {
                receiver.receive(false, java.util.Arrays.copyOf(buffer, count));
                count = in.read(buffer);
            }
            return;
        }
        DataInputStream frames = new DataInputStream(in);
        int type = frames.read();
        while (type >= 0) {
            frames.skipNBytes(3);
            int length = frames.readInt();
            if (length < 0 || length > MAX_FRAME) {
                throw new IOException("the engine announced a frame of " + length + " bytes");
            }
            byte[] chunk = new byte[length];
            frames.readFully(chunk);
            receiver.receive(type == STDERR, chunk);
            type = frames.read();
        }
    }

    @Override
    public void close() {
        try {
            wire.close();
        } catch (IOException e) {
            return;
        }
    }
}
