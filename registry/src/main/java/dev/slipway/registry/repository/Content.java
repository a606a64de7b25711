package dev.slipway.registry.repository;

import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/** Reads small content whole. */
final class Content {
    private Content() {}

    static byte[] read(BlobStore blobs, Digest digest) {
        try (InputStream in = blobs.open(digest)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new StorageException("read blob", digest.toString(), e);
        }
    }
}
