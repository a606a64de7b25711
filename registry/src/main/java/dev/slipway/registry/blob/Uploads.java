package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Uploads in progress, as files of {@link StoreTree}; where their content goes once it is proven, a store says. */
public final class Uploads {
    private static final Duration LONGEST_WRITE = Duration.ofDays(1);

    /** Makes proven content of an upload durable and visible. */
    @FunctionalInterface
    public interface Publisher {
        /**
         * Takes the file, which is complete and not yet synced; it may be moved away.
         *
         * @param size its length in bytes
         * @param digest its name, proven
         */
        BlobStat publish(UploadId id, Path file, long size, Digest digest) throws IOException;
    }

    private final StoreTree tree;
    private final InstantSource clock;
    private final long maxBytes;
    private final Publisher publisher;
    private final Executor behind;
    private final ConcurrentMap<UploadId, FileUpload> active = new ConcurrentHashMap<>();

    /**
     * Uploads in a tree, which is made if need be.
     *
     * @param maxBytes the largest blob
     * @param behind writes to the disk while more arrives; what it leaves out is written at the end
     */
    public Uploads(StoreTree tree, InstantSource clock, long maxBytes, Executor behind, Publisher publisher) {
        this.tree = tree;
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.publisher = publisher;
        this.behind = behind;
        try {
            DurableFiles.makeDirectory(tree.uploads());
        } catch (IOException e) {
            throw new StorageException("make the store", tree.root().toString(), e);
        }
    }

    /** Begins one; of no repository if the platform itself writes. */
    public BlobUpload begin(@Nullable RepositoryName repository) {
        return start(repository);
    }

    private FileUpload start(@Nullable RepositoryName repository) {
        UploadId id = UploadId.random();
        try {
            Files.createDirectories(tree.upload(id));
            if (repository != null) {
                Files.writeString(tree.uploadRepository(id), repository.value());
            }
            FileUpload upload = new FileUpload(this, id, repository, PartialFile.create(tree.uploadData(id)));
            active.put(id, upload);
            return upload;
        } catch (IOException e) {
            throw new StorageException("begin upload", id.toString(), e);
        }
    }

    /** One in progress; empty if there is none of this id in this repository. */
    public Optional<BlobUpload> find(RepositoryName repository, UploadId id) {
        FileUpload known = active.computeIfAbsent(id, this::fromDisk);
        return known != null && known.belongsTo(repository) ? Optional.of(known) : Optional.empty();
    }

    private @Nullable FileUpload fromDisk(UploadId id) {
        try {
            String name = Files.readString(tree.uploadRepository(id), StandardCharsets.UTF_8);
            return new FileUpload(this, id, RepositoryName.parse(name), PartialFile.resume(tree.uploadData(id)));
        } catch (NoSuchFileException | RegistryException e) {
            return null;
        } catch (IOException e) {
            throw new StorageException("find upload", id.toString(), e);
        }
    }

    /** Drops those that received nothing for this long, and tells how many. */
    public int expire(Duration idle) {
        Instant before = clock.instant().minus(idle);
        Instant crashed = clock.instant().minus(LONGEST_WRITE);
        int dropped = 0;
        try (Stream<Path> entries = Files.list(tree.uploads())) {
            for (Path entry : entries.toList()) {
                boolean upload = Files.exists(entry.resolve("repository"));
                if (Scratch.lastTouched(entry).isBefore(upload ? before : crashed) && drop(entry)) {
                    dropped++;
                }
            }
        } catch (IOException e) {
            throw new StorageException("expire uploads in", tree.uploads().toString(), e);
        }
        return dropped;
    }

    private boolean drop(Path entry) throws IOException {
        FileUpload upload = Scratch.uploadId(entry).map(active::get).orElse(null);
        if (upload != null) {
            return upload.cancelIfIdle();
        }
        Scratch.delete(entry);
        return true;
    }

    WriteBehind behind(FileChannel channel, long size) {
        return new WriteBehind(channel, size, behind);
    }

    BlobStat publish(UploadId id, PartialFile file, Digest digest) throws IOException {
        return publisher.publish(id, file.path(), file.trimmed(), digest);
    }

    void checkSize(long size) {
        if (size > maxBytes) {
            throw new RegistryException(ErrorCode.BLOB_TOO_LARGE, "the limit for one blob is " + maxBytes + " bytes");
        }
    }

    void forget(UploadId id) {
        active.remove(id);
        try {
            Scratch.delete(tree.upload(id));
        } catch (IOException e) {
            throw new StorageException("drop upload", id.toString(), e);
        }
    }

    /** Writes content whose digest nobody promised. */
    public BlobStat write(ContentWriter content, String subject) {
        FileUpload write = start(null);
        try {
            write.fill(content);
            return write.commit();
        } catch (IOException e) {
            throw new StorageException("write blob", subject, e);
        } finally {
            write.cancel();
        }
    }

    /** Writes bytes under a promised digest. */
    public BlobStat put(Digest digest, byte[] content) {
        FileUpload write = start(null);
        try {
            write.fill(out -> out.write(content));
            return write.commit(digest);
        } catch (IOException e) {
            throw new StorageException("write blob", digest.toString(), e);
        } finally {
            write.cancel();
        }
    }
}
