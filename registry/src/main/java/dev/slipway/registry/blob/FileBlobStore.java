package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Blobs as files of {@link StoreTree}. Content is written aside, hashed, synced, moved into place by rename, and its
 * directory synced, in this order. One process at a time owns the tree.
 */
public final class FileBlobStore implements BlobStore {
    private static final int STRIPES = 256;

    private final StoreTree tree;
    private final InstantSource clock;
    private final Uploads uploads;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /** A store without a limit on the size of one blob. */
    public FileBlobStore(StoreTree tree, InstantSource clock) {
        this(tree, clock, Long.MAX_VALUE, task -> {});
    }

    /**
     * A store in a tree, which is made if need be.
     *
     * @param clock tells when a blob was last needed
     * @param maxBytes the largest blob
     * @param behind has the disk write while more arrives; what it leaves out is written at the end
     * @throws StorageException if the tree cannot be made
     */
    public FileBlobStore(StoreTree tree, InstantSource clock, long maxBytes, Executor behind) {
        this.tree = tree;
        this.clock = clock;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
        try {
            for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
                DurableFiles.makeDirectory(tree.blobs().resolve(algorithm.prefix()));
            }
            DurableFiles.makeDirectories(tree.shards(Digest.Algorithm.SHA256));
        } catch (IOException e) {
            throw new StorageException("make the store", tree.root().toString(), e);
        }
        this.uploads = new Uploads(tree, clock, maxBytes, behind, this::publish);
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
    public InputStream open(Digest digest, long offset, long length) {
        InputStream whole = open(digest);
        try {
            whole.skipNBytes(offset);
            return new FirstBytes(whole, length);
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
        BlobStat stat = uploads.write(content, mediaType.value());
        return Descriptor.of(mediaType, stat.digest(), stat.size());
    }

    @Override
    public BlobStat put(Digest digest, byte[] content) {
        return uploads.put(digest, content);
    }

    @Override
    public BlobUpload newUpload(RepositoryName repository) {
        return uploads.begin(repository);
    }

    @Override
    public Optional<BlobUpload> upload(RepositoryName repository, UploadId id) {
        return uploads.find(repository, id);
    }

    @Override
    public int expireUploads(Duration idle) {
        return uploads.expire(idle);
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

    private BlobStat publish(UploadId id, Path file, long size, Digest digest) throws IOException {
        DurableFiles.syncFile(file);
        ReentrantLock stripe = lock(digest);
        try {
            Path place = tree.blob(digest);
            Optional<BlobStat> present = stat(digest);
            if (present.isEmpty() || present.get().size() != size) {
                DurableFiles.publish(file, place);
            }
            touch(digest);
            return new BlobStat(digest, size, clock.instant());
        } finally {
            stripe.unlock();
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
