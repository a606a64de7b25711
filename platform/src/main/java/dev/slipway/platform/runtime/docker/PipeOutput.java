package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes into a pipe in chunks of some size. */
final class PipeOutput extends OutputStream {

    private final BytePipe pipe;
    private final byte[] buffer = new byte[64 * 1024];
    private int filled;

    PipeOutput(BytePipe pipe) {
        this.pipe = pipe;
    }

    @Override
    public void write(int value) throws IOException {
        buffer[filled++] = (byte) value;
        if (filled == buffer.length) {
            flush();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = Math.min(length - done, buffer.length - filled);
            System.arraycopy(bytes, offset + done, buffer, filled, count);
            filled += count;
            done += count;
            if (filled == buffer.length) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            pipe.put(Arrays.copyOf(buffer, filled));
            filled = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending the context");
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        pipe.end();
    }
}
