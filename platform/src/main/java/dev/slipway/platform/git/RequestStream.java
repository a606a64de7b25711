package dev.slipway.platform.git;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A request's body as a blocking stream. At most a few buffers wait in memory: the next are asked for as these are read. */
final class RequestStream extends InputStream {
    private static final int AHEAD = 16;
    private static final Buffer END = Buffer.buffer();
    private static final Buffer BROKEN = Buffer.buffer();

    private final HttpServerRequest request;
    private final Context context;
    private final BlockingQueue<Buffer> arrived = new LinkedBlockingQueue<>();
    private Buffer current = Buffer.buffer();
    private int position;
    private int taken;

    /** Must be made on the request's event loop, before the first body byte can be lost. */
    RequestStream(HttpServerRequest request, Context context) {
        this.request = request;
        this.context = context;
        request.pause();
        request.handler(arrived::add);
        request.endHandler(end -> arrived.add(END));
        request.exceptionHandler(failure -> arrived.add(BROKEN));
        request.fetch(AHEAD);
    }

    @Override
    public int read() throws IOException {
        return filled() ? current.getByte(position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int count = Math.min(length, current.length() - position);
        current.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private boolean filled() throws IOException {
        while (position >= current.length()) {
            if (current == END) {
                return false;
            }
            if (current == BROKEN) {
                throw new EOFException("The client closed the connection in the middle of the request");
            }
            current = next();
            position = 0;
        }
        return true;
    }

    private Buffer next() throws IOException {
        try {
            Buffer next = arrived.take();
            if (++taken >= AHEAD / 2) {
                int more = taken;
                taken = 0;
                context.runOnContext(turn -> request.fetch(more));
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the client");
        }
    }
}
