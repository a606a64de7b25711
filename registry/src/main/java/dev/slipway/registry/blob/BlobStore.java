package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Content by digest. What is visible is complete, proven and durable. Every method may be called by many threads, and
 * throws {@link StorageException} if the storage fails.
 */
public interface BlobStore {
    /** What is known of a blob; empty if it is not here. */
    Optional<BlobStat> stat(Digest digest);

    /**
     * Opens a blob for reading; what was opened stays readable even if the blob is removed meanwhile.
     *
     * @throws RegistryException {@link ErrorCode#BLOB_UNKNOWN}
     */
    InputStream open(Digest digest);

    /**
     * Opens a part of a blob for reading.
     *
     * @param offset the first byte
     * @param length how many bytes; the blob has as many
     * @throws RegistryException {@link ErrorCode#BLOB_UNKNOWN}
     */
    InputStream open(Digest digest, long offset, long length);

    /** The blob as a file for sending without copying; empty if it is not here or the store has no files. */
    Optional<Path> path(Digest digest);

    /**
     * Writes a blob and gives its SHA-256 descriptor; durable when this returns. Writing what is here already is cheap
     * and right.
     */
    Descriptor write(MediaType mediaType, ContentWriter content);

    /** Like {@link #write(MediaType, ContentWriter)}, from a stream that is read to its end and not closed. */
    default Descriptor write(MediaType mediaType, InputStream content) {
        return write(mediaType, content::transferTo);
    }

    /** Like {@link #write(MediaType, ContentWriter)}, from bytes. */
    default Descriptor write(MediaType mediaType, byte[] content) {
        return write(mediaType, out -> out.write(content));
    }

    /**
     * Writes bytes under a digest of either algorithm.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID} if they do not match
     */
    BlobStat put(Digest digest, byte[] content);

    /** Begins an upload into a repository. */
    BlobUpload newUpload(RepositoryName repository);

    /** An upload in progress; empty if there is none of this id in this repository. */
    Optional<BlobUpload> upload(RepositoryName repository, UploadId id);

    /**
     * Drops uploads that received nothing for this long, and whatever a crash left of unfinished writes.
     *
     * @return how many were dropped
     */
    int expireUploads(Duration idle);

    /**
     * Promises that a blob stays at least the collector's grace period from now.
     *
     * @return what is known of it, or empty if it is not here
     */
    Optional<BlobStat> retain(Digest digest);

    /** Visits every blob, in no order. */
    void forEach(Consumer<BlobStat> visitor);

    /**
     * Removes a blob unless it was needed since a time; decided while nobody can promise it anew.
     *
     * @param notNeededSince only a blob last needed before this is removed
     * @return bytes freed, or -1 if it stays or is not here
     */
    long remove(Digest digest, Instant notNeededSince);

    /** True if a blob's content, read whole, still is what its name says; also true if it is not here. */
    boolean intact(Digest digest);

    /** Takes a blob whose content is wrong out of sight, and keeps its bytes for whoever finds out why. */
    void setAside(Digest digest);
}
