package dev.slipway.registry.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the plain files of a tar (ustar, pax, and the long names of GNU) from a stream; all else in it is passed over. */
final class TarReader {
    private static final int BLOCK = TarWriter.BLOCK;
    private static final int MAX_RECORDS = 64 * 1024;
    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;

    private final InputStream in;
    private long left;
    private int padding;
    private String longName = "";
    private long longSize = -1;

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * A plain file.
     *
     * @param name as it stands there, without {@code ./} before it
     * @param size in bytes
     */
    record Entry(String name, long size) {}

    /** The next plain file; empty at the end. What was not read of the one before is passed over. */
    Optional<Entry> next() throws IOException {
        while (true) {
            in.skipNBytes(left + padding);
            left = 0;
            padding = 0;
            byte[] header = in.readNBytes(BLOCK);
            if (header.length == 0 || isBlank(header)) {
                return Optional.empty();
            }
            if (header.length < BLOCK) {
                throw new EOFException("the archive ends within a header");
            }
            checkSum(header);
            begin(number(header, SIZE, SIZE_LENGTH));
            switch (header[TYPE]) {
                case 'x' -> records(small());
                case 'L' -> longName = text(small(), 0, (int) left);
                case '0', 0 -> {
                    Entry entry = entry(header);
                    longName = "";
                    longSize = -1;
                    return Optional.of(entry);
                }
                default -> {
                    longName = "";
                    longSize = -1;
                }
            }
        }
    }

    private Entry entry(byte[] header) {
        if (longSize >= 0) {
            begin(longSize);
        }
        String name = text(header, 0, NAME);
        String prefix = text(header, PREFIX, PREFIX_LENGTH);
        String whole = !longName.isEmpty() ? longName : prefix.isEmpty() ? name : prefix + "/" + name;
        return new Entry(whole.startsWith("./") ? whole.substring(2) : whole, left);
    }

    private void begin(long size) {
        left = size;
        padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    /** The content of the present file. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int read = in.read(target, offset, (int) Math.min(length, left));
                if (read < 0) {
                    throw new EOFException("the archive ends within a file");
                }
                left -= read;
                return read;
            }
        };
    }

    private byte[] small() throws IOException {
        if (left > MAX_RECORDS) {
            throw new IOException("an extended header has " + left + " bytes, the limit is " + MAX_RECORDS);
        }
        byte[] content = in.readNBytes((int) left);
        if (content.length < left) {
            throw new EOFException("the archive ends within an extended header");
        }
        in.skipNBytes(padding);
        left = 0;
        padding = 0;
        return content;
    }

    private void records(byte[] content) throws IOException {
        int position = 0;
        while (position < content.length) {
            int blank = position;
            while (blank < content.length && content[blank] != ' ') {
                blank++;
            }
            long length = decimal(new String(content, position, blank - position, StandardCharsets.US_ASCII));
            if (length <= blank - position + 1 || position + length > content.length) {
                throw new IOException("an extended header is malformed");
            }
            String record =
                    new String(content, blank + 1, (int) (position + length - blank - 2), StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                longName = record.substring("path=".length());
            } else if (record.startsWith("size=")) {
                longSize = decimal(record.substring("size=".length()));
            }
            position += (int) length;
        }
    }

    private static long decimal(String text) throws IOException {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IOException("an extended header is malformed");
        }
        return Long.parseLong(text);
    }

    private static boolean isBlank(byte[] header) {
        for (byte one : header) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkSum(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < header.length; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += own ? ' ' : header[i] & 0xff;
        }
        if (sum != number(header, CHECKSUM, CHECKSUM_LENGTH)) {
            throw new IOException("this is no tar, or it is damaged");
        }
    }

    /** Octal digits, or, with the highest bit set, a number in base 256. */
    private static long number(byte[] header, int offset, int length) throws IOException {
        long value = 0;
        if ((header[offset] & 0x80) != 0) {
            for (int i = offset + 1; i < offset + length; i++) {
                value = Math.addExact(Math.multiplyExact(value, 256L), header[i] & 0xff);
            }
            return value;
        }
        String digits = text(header, offset, length).strip();
        if (!digits.matches("[0-7]{1,12}")) {
            throw new IOException("this is no tar, or it is damaged");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && end < header.length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }
}
