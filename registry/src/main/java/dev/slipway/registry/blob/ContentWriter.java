package dev.slipway.registry.blob;

import java.io.IOException;
import java.io.OutputStream;

/** Produces a blob's content into a stream that it does not close. */
@FunctionalInterface
public interface ContentWriter {
    /** Writes the whole content. */
    void writeTo(OutputStream out) throws IOException;
}
