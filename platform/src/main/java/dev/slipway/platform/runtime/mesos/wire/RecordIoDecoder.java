package dev.slipway.platform.runtime.mesos.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into RecordIO records: the length in decimal digits, a line feed, that many bytes. Bytes may
 * come in pieces cut anywhere. Pure; once it has failed it goes on failing.
 *
 * @see <a href="https://mesos.apache.org/documentation/latest/recordio/">RecordIO format</a>
 */
public final class RecordIoDecoder {
    private static final int MOST_DIGITS = 10;

    private final int mostBytes;
    private long length;
    private int digits;
    private byte @Nullable [] record;
    private int filled;
    private boolean failed;

    /**
     * @param mostBytes the longest record that is taken, in bytes
     */
    public RecordIoDecoder(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Takes the next bytes.
     *
     * @param bytes all that is left in it is taken
     * @param records given every record that is complete now, in order
     * @throws MalformedStreamException if this is no RecordIO, or a record is longer than allowed
     */
    public void feed(ByteBuffer bytes, Consumer<byte[]> records) throws MalformedStreamException {
        if (failed) {
            throw new MalformedStreamException("the stream was malformed before");
        }
        while (bytes.hasRemaining()) {
            byte[] open = record;
            if (open == null) {
                header(bytes.get());
                open = record;
            } else {
                int piece = Math.min(bytes.remaining(), open.length - filled);
                bytes.get(open, filled, piece);
                filled += piece;
            }
            if (open != null && filled == open.length) {
                record = null;
                filled = 0;
                records.accept(open);
            }
        }
    }

    /** Whether the bytes so far end with a whole record. */
    public boolean between() {
        return record == null && digits == 0;
    }

    private void header(byte next) throws MalformedStreamException {
        if (next == '\n' && digits > 0) {
            record = new byte[(int) length];
            length = 0;
            digits = 0;
            return;
        }
        if (next < '0' || next > '9') {
            throw fail("a record's length has the byte 0x" + Integer.toHexString(next & 0xff) + " in it");
        }
        length = length * 10 + (next - '0');
        digits++;
        if (digits > MOST_DIGITS || length > mostBytes) {
            throw fail("a record of at least " + length + " bytes; at most " + mostBytes + " are taken");
        }
    }

    private MalformedStreamException fail(String what) {
        failed = true;
        return new MalformedStreamException(what);
    }
}
