package dev.slipway.registry.http;

import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;

/**
 * Where a chunk of an upload belongs, as its Content-Range says in the specification's form {@code <first>-<last>};
 * the usual form {@code bytes first-last/size} is understood too.
 */
record ChunkRange(long first, long last) {
    private static final String UNIT = "bytes ";

    static ChunkRange parse(String header) {
        String range = header.startsWith(UNIT) ? header.substring(UNIT.length()) : header;
        int slash = range.indexOf('/');
        range = slash < 0 ? range : range.substring(0, slash);
        int dash = range.indexOf('-');
        long first = dash < 1 ? -1 : ByteRange.number(range.substring(0, dash).strip());
        long last = dash < 1 ? -1 : ByteRange.number(range.substring(dash + 1).strip());
        if (first < 0 || last < first) {
            throw new RegistryException(
                    ErrorCode.BLOB_UPLOAD_INVALID, "Content-Range is not of the form <first>-<last>");
        }
        return new ChunkRange(first, last);
    }

    long length() {
        return last - first + 1;
    }
}
