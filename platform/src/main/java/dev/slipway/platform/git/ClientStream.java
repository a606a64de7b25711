package dev.slipway.platform.git;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The way to the client that never fails: once a write does not get through, everything after it is discarded. So a push whose
 * client is gone runs to its end and moves its branch (decision 0060).
 */
final class ClientStream extends OutputStream {
    private static final byte[] EMPTY_PACKET = {'0', '0', '0', '5', 1};

    private final OutputStream client;
    private volatile boolean lost;

    ClientStream(OutputStream client) {
        this.client = client;
    }

    boolean lost() {
        return lost;
    }

    /** Sends an empty side-band packet, which a git client reads and ignores. Only between whole packets. */
    void keepAlive() {
        write(EMPTY_PACKET, 0, EMPTY_PACKET.length);
        flush();
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        if (!lost) {
            try {
                client.write(octets, offset, length);
            } catch (IOException e) {
                lost = true;
            }
        }
    }

    @Override
    public void flush() {
        if (!lost) {
            try {
                client.flush();
            } catch (IOException e) {
                lost = true;
            }
        }
    }
}
