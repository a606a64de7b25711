package dev.slipway.registry.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes plain files into a tar (POSIX.1-2001: ustar, with pax records where that is too narrow). The same in, the same out. */
final class TarWriter {
    static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final long LARGEST = 0_77_777_777_777L;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    void file(String name, byte[] content) throws IOException {
        begin(name, content.length);
        out.write(content);
        pad(content.length);
    }

    /** A file of a size that is known before; the stream must have exactly as many bytes. */
    void file(String name, long size, InputStream content) throws IOException {
        begin(name, size);
        long copied = content.transferTo(out);
        if (copied != size) {
            throw new IOException(name + " was to have " + size + " bytes and has " + copied);
        }
        pad(size);
    }

    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void begin(String name, long size) throws IOException {
        String records = (name.length() > NAME ? record("path", name) : "")
                + (size > LARGEST ? record("size", Long.toString(size)) : "");
        if (!records.isEmpty()) {
            byte[] content = records.getBytes(StandardCharsets.UTF_8);
            out.write(header("pax", content.length, 'x'));
            out.write(content);
            pad(content.length);
        }
        out.write(header(name, size > LARGEST ? 0 : size, '0'));
    }

    /** A record is its own length, a blank, the key, an equals sign, the value and a line end. */
    private static String record(String key, String value) {
        int rest = key.length() + value.length() + 3;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        return length + " " + key + "=" + value + "\n";
    }

    private static byte[] header(String name, long size, char type) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name.length() > NAME ? name.substring(0, NAME) : name);
        put(header, NAME, "0000644\0" + "0000000\0" + "0000000\0");
        put(header, SIZE, String.format("%011o", size) + "\0" + "00000000000\0");
        put(header, CHECKSUM, "        ");
        header[TYPE] = (byte) type;
        put(header, MAGIC, "ustar\0" + "00");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, CHECKSUM, String.format("%06o", sum) + "\0 ");
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
