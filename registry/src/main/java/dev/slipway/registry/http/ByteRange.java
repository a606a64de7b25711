package dev.slipway.registry.http;

import org.jspecify.annotations.Nullable;

/**
 * The part of a blob to send (RFC 9110, section 14).
 *
 * @param offset the first byte
 * @param length how many
 * @param whole true if the whole was asked for, so that the answer is 200
 * @param satisfiable false if the range lies behind the end
 */
record ByteRange(long offset, long length, boolean whole, boolean satisfiable) {
    private static final String PREFIX = "bytes=";

    /** Reads a Range header for content of a size; several ranges, and what is no range, ask for the whole. */
    static ByteRange parse(@Nullable String header, long size) {
        ByteRange all = new ByteRange(0, size, true, true);
        if (header == null || !header.startsWith(PREFIX) || header.indexOf(',') >= 0) {
            return all;
        }
        String range = header.substring(PREFIX.length()).strip();
        int dash = range.indexOf('-');
        if (dash < 0) {
            return all;
        }
        long first = number(range.substring(0, dash));
        long last = number(range.substring(dash + 1));
        if (dash == 0) {
            return last < 0 ? all : suffix(last, size);
        }
        if (first < 0 || last < 0 && dash != range.length() - 1 || last >= 0 && last < first) {
            return all;
        }
        if (first >= size) {
            return new ByteRange(0, 0, false, false);
        }
        long end = last < 0 ? size - 1 : Math.min(last, size - 1);
        return new ByteRange(first, end - first + 1, false, true);
    }

    private static ByteRange suffix(long count, long size) {
        long length = Math.min(count, size);
        return length == 0 ? new ByteRange(0, 0, false, false) : new ByteRange(size - length, length, false, true);
    }

    /** A number of at most 18 digits, or -1. */
    static long number(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(text);
    }

    String contentRange(long size) {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }
}
