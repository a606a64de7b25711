package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An upload as a directory with a growing file. One chunk at a time; a second one waits a little, then is refused. */
final class FileUpload implements BlobUpload {
    private static final long BUSY_SECONDS = 10;

    private final Uploads uploads;
    private final UploadId id;
    private final @Nullable RepositoryName repository;
    private final PartialFile file;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile long size;
    private boolean ended;

    FileUpload(Uploads uploads, UploadId id, @Nullable RepositoryName repository, PartialFile file) {
        this.uploads = uploads;
        this.id = id;
        this.repository = repository;
        this.file = file;
        this.size = file.size();
    }

    @Override
    public UploadId id() {
        return id;
    }

    @Override
    public RepositoryName repository() {
        if (repository == null) {
            throw new IllegalStateException("write " + id + " by the platform belongs to no repository");
        }
        return repository;
    }

    boolean belongsTo(RepositoryName name) {
        return name.equals(repository);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long append(long offset, InputStream chunk) {
        takeTurn();
        try {
            if (offset != file.size()) {
                throw new RegistryException(
                        ErrorCode.RANGE_INVALID,
                        "chunk begins at byte " + offset + ", the upload continues at byte " + file.size());
            }
            try (FileChannel channel = file.open();
                    WriteBehind behind = uploads.behind(channel, file.size())) {
                receive(chunk, new Growth(channel, behind));
            } catch (IOException e) {
                throw new StorageException("append to upload", id.toString(), e);
            }
            return size;
        } finally {
            turn.unlock();
        }
    }

    private static void receive(InputStream chunk, Growth growth) {
        try {
            chunk.transferTo(growth);
        } catch (IOException e) {
            throw new UncheckedIOException("the chunk ended early", e);
        }
    }

    /** Where a chunk goes, piece by piece. What fails here is the store's failure, not the sender's. */
    private final class Growth extends OutputStream {
        private final FileChannel channel;
        private final WriteBehind behind;

        private Growth(FileChannel channel, WriteBehind behind) {
            this.channel = channel;
            this.behind = behind;
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                uploads.checkSize(file.size() + length);
                file.add(channel, bytes, offset, length);
                size = file.size();
                behind.grew(size);
            } catch (IOException e) {
                throw new StorageException("append to upload", id.toString(), e);
            }
        }
    }

    void fill(ContentWriter content) throws IOException {
        try (FileChannel channel = file.open()) {
            OutputStream sink = new OutputStream() {
                @Override
                public void write(int single) throws IOException {
                    write(new byte[] {(byte) single}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    file.add(channel, bytes, offset, length);
                }
            };
            content.writeTo(sink);
            size = file.size();
        }
    }

    @Override
    public BlobStat commit(Digest expected) {
        takeTurn();
        try {
            Digest found = file.digest(expected.algorithm());
            if (!found.equals(expected)) {
                end();
                throw new RegistryException(
                        ErrorCode.DIGEST_INVALID,
                        "the content of " + file.size() + " bytes is " + found + ", promised was " + expected);
            }
            return publish(found);
        } catch (IOException e) {
            throw new StorageException("verify upload", id.toString(), e);
        } finally {
            turn.unlock();
        }
    }

    /** Ends a write whose digest nobody promised. */
    BlobStat commit() {
        takeTurn();
        try {
            return publish(file.digest(Digest.Algorithm.SHA256));
        } catch (IOException e) {
            throw new StorageException("hash write", id.toString(), e);
        } finally {
            turn.unlock();
        }
    }

    private BlobStat publish(Digest digest) throws IOException {
        BlobStat stat = uploads.publish(id, file, digest);
        end();
        return stat;
    }

    @Override
    public void cancel() {
        turn.lock();
        try {
            end();
        } finally {
            turn.unlock();
        }
    }

    /** Ends it unless somebody is at work on it. */
    boolean cancelIfIdle() {
        if (!turn.tryLock()) {
            return false;
        }
        try {
            end();
            return true;
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryLock(BUSY_SECONDS, TimeUnit.SECONDS)) {
                throw new RegistryException(ErrorCode.RANGE_INVALID, "another chunk of this upload is being received");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("wait for upload", id.toString(), new IOException("interrupted", e));
        }
        if (ended) {
            turn.unlock();
            throw new RegistryException(ErrorCode.BLOB_UPLOAD_UNKNOWN, "upload " + id + " has ended");
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            uploads.forget(id);
        }
    }
}
