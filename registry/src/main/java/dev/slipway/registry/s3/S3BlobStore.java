package dev.slipway.registry.s3;

import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.blob.BlobUpload;
import dev.slipway.registry.blob.ContentWriter;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.blob.UploadId;
import dev.slipway.registry.blob.Uploads;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Blobs as objects of a bucket, under the same names as in files. An upload grows in a local file, is proven there, and is then
 * put under its digest in one request or in parts; S3 shows an object only when it is whole. When it was last needed stands in
 * its metadata. One process at a time owns the bucket's prefix.
 */
public final class S3BlobStore implements BlobStore {
    private static final int STRIPES = 256;
    private static final int PART = 16 * 1024 * 1024;
    private static final String BLOBS = "blobs/";
    private static final int SHARD = 2;

    private final BucketObjects objects;
    private final InstantSource clock;
    private final Uploads uploads;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /**
     * A store in a bucket, which must exist.
     *
     * @param tree where uploads in progress lie
     * @param signing dates signatures; must be right to some minutes
     * @param clock tells when a blob was last needed
     * @param maxBytes the largest blob
     */
    public S3BlobStore(Bucket bucket, InstantSource signing, StoreTree tree, InstantSource clock, long maxBytes) {
        this.objects = new BucketObjects(bucket, signing);
        this.clock = clock;
        this.uploads = new Uploads(tree, clock, maxBytes, task -> {}, this::publish);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    private static String key(Digest digest) {
        return BLOBS + digest.algorithm().prefix() + "/" + digest.hex().substring(0, SHARD) + "/" + digest.hex();
    }

    private static Optional<Digest> digest(String key) {
        String[] parts = key.split("/");
        try {
            return parts.length == 4 ? Optional.of(Digest.parse(parts[1] + ":" + parts[3])) : Optional.empty();
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<BlobStat> stat(Digest digest) {
        try {
            return objects.stat(key(digest)).map(found -> new BlobStat(digest, found.size(), found.needed()));
        } catch (IOException e) {
            throw new StorageException("look up blob", digest.toString(), e);
        }
    }

    @Override
    public InputStream open(Digest digest) {
        return open(digest, Optional.empty());
    }

    @Override
    public InputStream open(Digest digest, long offset, long length) {
        return length == 0
                ? InputStream.nullInputStream()
                : open(digest, Optional.of("bytes=" + offset + "-" + (offset + length - 1)));
    }

    private InputStream open(Digest digest, Optional<String> range) {
        try {
            return objects.open(key(digest), range)
                    .orElseThrow(() -> new RegistryException(ErrorCode.BLOB_UNKNOWN, "no blob " + digest));
        } catch (IOException e) {
            throw new StorageException("open blob", digest.toString(), e);
        }
    }

    @Override
    public Optional<Path> path(Digest digest) {
        return Optional.empty();
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

    private BlobStat publish(UploadId id, Path file, long size, Digest digest) throws IOException {
        ReentrantLock stripe = lock(digest);
        try {
            String key = key(digest);
            boolean present =
                    objects.stat(key).filter(found -> found.size() == size).isPresent();
            Instant now = clock.instant();
            if (present && objects.renew(key, now)) {
                return new BlobStat(digest, size, clock.instant());
            }
            if (size > PART) {
                try (InputStream in = Files.newInputStream(file)) {
                    objects.putParts(key, () -> new Parts(in), now);
                }
            } else {
                boolean known = digest.algorithm() == Digest.Algorithm.SHA256;
                objects.put(
                        key,
                        file,
                        known
                                ? digest.hex()
                                : Digest.sha256(Files.readAllBytes(file)).hex(),
                        now);
            }
            return new BlobStat(digest, size, clock.instant());
        } finally {
            stripe.unlock();
        }
    }

    /** A stream cut into parts, one in memory at a time. */
    private static final class Parts implements Iterator<BucketObjects.Part> {
        private final InputStream in;
        private int number;
        private byte[] next;

        Parts(InputStream in) {
            this.in = in;
            this.next = read();
        }

        private byte[] read() {
            try {
                return in.readNBytes(PART);
            } catch (IOException e) {
                throw new StorageException("read upload", "part " + number, e);
            }
        }

        @Override
        public boolean hasNext() {
            return next.length > 0;
        }

        @Override
        public BucketObjects.Part next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no part after " + number);
            }
            byte[] content = next;
            next = read();
            return new BucketObjects.Part(++number, content);
        }
    }

    @Override
    public Optional<BlobStat> retain(Digest digest) {
        ReentrantLock stripe = lock(digest);
        try {
            return objects.renew(key(digest), clock.instant()) ? stat(digest) : Optional.empty();
        } catch (IOException e) {
            throw new StorageException("retain blob", digest.toString(), e);
        } finally {
            stripe.unlock();
        }
    }

    @Override
    public void forEach(Consumer<BlobStat> visitor) {
        try {
            objects.list(
                    BLOBS,
                    found -> digest(found.key())
                            .ifPresent(digest -> visitor.accept(new BlobStat(digest, found.size(), found.needed()))));
        } catch (IOException e) {
            throw new StorageException("list blobs in", "the bucket", e);
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
            objects.delete(key(digest));
            return stat.get().size();
        } catch (IOException e) {
            throw new StorageException("remove blob", digest.toString(), e);
        } finally {
            stripe.unlock();
        }
    }

    @Override
    public boolean intact(Digest digest) {
        MessageDigest hasher = digest.algorithm().hasher();
        byte[] buffer = new byte[256 * 1024];
        try (InputStream in = open(digest)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hasher.update(buffer, 0, read);
            }
            return Digest.ofHash(digest.algorithm(), hasher.digest()).equals(digest);
        } catch (RegistryException e) {
            return true; // removed meanwhile
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void setAside(Digest digest) {
        ReentrantLock stripe = lock(digest);
        try {
            if (objects.copy(
                    key(digest), "aside/" + digest.algorithm().prefix() + "-" + digest.hex(), clock.instant())) {
                objects.delete(key(digest));
            }
        } catch (IOException e) {
            throw new StorageException("set aside blob", digest.toString(), e);
        } finally {
            stripe.unlock();
        }
    }

    private ReentrantLock lock(Digest digest) {
        ReentrantLock stripe = stripes[Math.floorMod(digest.hashCode(), STRIPES)];
        stripe.lock();
        return stripe;
    }
}
