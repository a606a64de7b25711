package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.InputStream;

/** Content on its way in: grows chunk by chunk, survives a restart, and is invisible until its digest is proven. */
public interface BlobUpload {
    /** Its name. */
    UploadId id();

    /** The repository it was begun in; it does not exist for any other. */
    RepositoryName repository();

    /** Bytes received so far. */
    long size();

    /**
     * Appends until the stream ends. If the stream fails, what was received stays, and the upload can go on from there.
     *
     * @param offset where the chunk claims to begin, in bytes
     * @param chunk the bytes; read, not closed
     * @return the new size
     * @throws RegistryException {@link ErrorCode#RANGE_INVALID} if the offset is not the present size, or another chunk
     *     is being written; {@link ErrorCode#BLOB_TOO_LARGE}; {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if it has ended
     * @throws StorageException if it could not be kept
     */
    long append(long offset, InputStream chunk);

    /**
     * Ends the upload: proves the digest, makes the content durable, then visible. Content that does not match is
     * dropped together with the upload.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID} if the content is other than promised
     */
    BlobStat commit(Digest expected);

    /** Ends the upload and drops what was received. Does nothing if it has ended. */
    void cancel();
}
