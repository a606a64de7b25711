package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as files of {@link StoreTree}. Content is written aside, hashed, synced, moved into place by rename, and its
 * directory synced, in this order. One process at a time owns the tree.
 */
public final class FileBlobStore implements BlobStore {
    private static final int STRIPES = 256;
    private static final Duration LONGEST_WRITE = Duration.ofDays(1);

    private final StoreTree tree;
    private final InstantSource clock;
    private final long maxBytes;
    private final ConcurrentMap<UploadId, FileUpload> uploads = new ConcurrentHashMap<>();
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /** A store without a limit on the size of one blob. */
    public FileBlobStore(StoreTree tree, InstantSource clock) {
        this(tree, clock, Long.MAX_VALUE);
    }

    /**
     * A store in a tree, which is made if need be.
     *
     * @param clock tells when a blob was last needed
     * @param maxBytes the largest blob
     * @throws StorageException if the tree cannot be made
     */
    public FileBlobStore(StoreTree tree, InstantSource clock, long maxBytes) {
        this.tree = tree;
        this.clock = clock;
        this.maxBytes = maxBytes;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
        try {
            DurableFiles.makeDirectory(tree.uploads());
            for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
                DurableFiles.makeDirectory(tree.blobs().resolve(algorithm.prefix()));
            }
        } catch (IOException e) {
            throw new StorageException("make the store", tree.root().toString(), e);
        }
    }

    @Override
    public Optional<BlobStat> stat(Digest digest) {
        try {
            BasicFileAttributes found = Files.readAttributes(tree.blob(digest), BasicFileAttributes.class);
            return Optional.of(
                    new BlobStat(digest, found.size(), found.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("look up blob", digest.toString(), e);
        }
    }

    @Override
    public InputStream open(Digest digest) {
        try {
            return Files.newInputStream(tree.blob(digest));
        } catch (NoSuchFileException e) {
            throw new RegistryException(ErrorCode.BLOB_UNKNOWN, "no blob " + digest);
        } catch (IOException e) {
            throw new StorageException("open blob", digest.toString(), e);
        }
    }

    @Override
    public Optional<Path> path(Digest digest) {
        return Optional.of(tree.blob(digest)).filter(Files::exists);
    }

    @Override
    public Descriptor write(MediaType mediaType, ContentWriter content) {
        FileUpload write = begin(null);
        try {
            write.fill(content);
            BlobStat stat = write.commit();
            return Descriptor.of(mediaType, stat.digest(), stat.size());
        } catch (IOException e) {
            throw new StorageException("write blob", mediaType.value(), e);
        } finally {
            write.cancel();
        }
    }

    @Override
    public BlobStat put(Digest digest, byte[] content) {
        FileUpload write = begin(null);
        try {
            write.fill(out -> out.write(content));
            return write.commit(digest);
        } catch (IOException e) {
            throw new StorageException("write blob", digest.toString(), e);
        } finally {
            write.cancel();
        }
    }

    @Override
    public BlobUpload newUpload(RepositoryName repository) {
        return begin(repository);
    }

    private FileUpload begin(@Nullable RepositoryName repository) {
        UploadId id = UploadId.random();
        try {
            Files.createDirectories(tree.upload(id));
            if (repository != null) {
                Files.writeString(tree.uploadRepository(id), repository.value());
            }
            FileUpload upload = new FileUpload(this, id, repository, PartialFile.create(tree.uploadData(id)));
            uploads.put(id, upload);
            return upload;
        } catch (IOException e) {
            throw new StorageException("begin upload", id.toString(), e);
        }
    }

    @Override
    public Optional<BlobUpload> upload(RepositoryName repository, UploadId id) {
        FileUpload known = uploads.computeIfAbsent(id, this::fromDisk);
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

    @Override
    public int expireUploads(Duration idle) {
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
        FileUpload active = Scratch.uploadId(entry).map(uploads::get).orElse(null);
        if (active != null) {
            return active.cancelIfIdle();
        }
        Scratch.delete(entry);
        return true;
    }

    @Override
    public Optional<BlobStat> retain(Digest digest) {
        ReentrantLock stripe = lock(digest);
        try {
            touch(digest);
            return stat(digest);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("retain blob", digest.toString(), e);
        } finally {
            stripe.unlock();
        }
    }

    @Override
    public void forEach(Consumer<BlobStat> visitor) {
        try (Stream<Path> files = Files.walk(tree.blobs())) {
            files.filter(Files::isRegularFile)
                    .flatMap(file -> Scratch.blobDigest(file).stream())
                    .flatMap(digest -> stat(digest).stream())
                    .forEach(visitor);
        } catch (IOException e) {
            throw new StorageException("list blobs in", tree.blobs().toString(), e);
        }
    }

    @Override
    public long remove(Digest digest, Instant notNeededSince) {
        ReentrantLock stripe = lock(digest);
        try {
            Optional<BlobStat> stat = stat(digest);
            if (stat.isEmpty() || !stat.get().lastNeeded().isBefore(notNeededSince)) {
                return -1;
            }
            Files.delete(tree.blob(digest));
            return stat.get().size();
        } catch (IOException e) {
            throw new StorageException("remove blob", digest.toString(), e);
        } finally {
            stripe.unlock();
        }
    }

    @Override
    public boolean intact(Digest digest) {
        try {
            return PartialFile.hash(digest.algorithm(), tree.blob(digest)).equals(digest);
        } catch (NoSuchFileException e) {
            return true; // removed meanwhile
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void setAside(Digest digest) {
        ReentrantLock stripe = lock(digest);
        try {
            DurableFiles.publish(tree.blob(digest), tree.aside(digest));
            DurableFiles.sync(DurableFiles.parent(tree.blob(digest)));
        } catch (NoSuchFileException e) {
            return; // removed meanwhile
        } catch (IOException e) {
            throw new StorageException("set aside blob", digest.toString(), e);
        } finally {
            stripe.unlock();
        }
    }

    BlobStat publish(UploadId id, PartialFile file, Digest digest) throws IOException {
        file.sync();
        ReentrantLock stripe = lock(digest);
        try {
            Path place = tree.blob(digest);
            Optional<BlobStat> present = stat(digest);
            if (present.isEmpty() || present.get().size() != file.size()) {
                DurableFiles.publish(tree.uploadData(id), place);
            }
            touch(digest);
            return new BlobStat(digest, file.size(), clock.instant());
        } finally {
            stripe.unlock();
        }
    }

    void checkSize(long size) {
        if (size > maxBytes) {
            throw new RegistryException(ErrorCode.BLOB_TOO_LARGE, "the limit for one blob is " + maxBytes + " bytes");
        }
    }

    void forget(UploadId id) {
        uploads.remove(id);
        try {
            Scratch.delete(tree.upload(id));
        } catch (IOException e) {
            throw new StorageException("drop upload", id.toString(), e);
        }
    }

    private void touch(Digest digest) throws IOException {
        Files.setLastModifiedTime(tree.blob(digest), FileTime.from(clock.instant()));
    }

    private ReentrantLock lock(Digest digest) {
        ReentrantLock stripe = stripes[Math.floorMod(digest.hashCode(), STRIPES)];
        stripe.lock();
        return stripe;
    }
}
