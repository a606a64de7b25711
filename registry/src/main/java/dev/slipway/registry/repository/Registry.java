package dev.slipway.registry.repository;

import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.blob.FileBlobStore;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registry as the rest of the program uses it. Who may do what was decided before one of these methods is called.
 * Every method may be called by many threads and may block on the disk, except those named {@code known…}; each throws
 * {@link dev.slipway.registry.blob.StorageException} if the storage fails.
 */
public final class Registry {
    /** Blobs up to this size are also kept in memory, in bytes. */
    public static final int SMALL_BLOB = 64 * 1024;

    /** A pusher who asks for a blob may rely on it for at least the collector's grace period less this. */
    public static final Duration PROMISE_AGE = Duration.ofMinutes(5);

    /** The order of tags: letters first without regard to case (OCI Distribution Specification 1.1, "Listing Tags"). */
    public static final Comparator<String> TAG_ORDER =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    private static final long DEFAULT_CACHE_BYTES = 32L * 1024 * 1024;

    private final BlobStore blobs;
    private final RepositoryFiles files;
    private final RegistryCache cache;
    private final RepositoryLocks locks = new RepositoryLocks();
    private final Manifests manifests;
    private final Charges charges;
    private final Inventory inventory;
    private final StorageQuota quota;
    private final InstantSource clock;

    /**
     * A registry over a store.
     *
     * @param blobs the content
     * @param tree where the repositories lie
     * @param clock tells when things were last needed
     * @param cacheBytes memory for what is asked often
     * @param quota how many bytes whom
     */
    public Registry(BlobStore blobs, StoreTree tree, InstantSource clock, long cacheBytes, StorageQuota quota) {
        this(blobs, tree, clock, cacheBytes, quota, SecondCopy.none());
    }

    /**
     * A registry over a store, what it notes of its repositories being kept in a second place too.
     *
     * @param second the other place
     */
    public Registry(
            BlobStore blobs,
            StoreTree tree,
            InstantSource clock,
            long cacheBytes,
            StorageQuota quota,
            SecondCopy second) {
        this.blobs = blobs;
        this.clock = clock;
        this.quota = quota;
        this.files = new RepositoryFiles(tree, second);
        this.cache = new RegistryCache(cacheBytes);
        this.charges = new Charges(quota, files, blobs);
        this.manifests = new Manifests(blobs, files, cache, locks, charges, clock);
        this.inventory = new Inventory(manifests, files, charges);
    }

    /** A registry in a directory, which is made if need be. */
    public static Registry onFiles(Path root, InstantSource clock) {
        return onFiles(root, clock, task -> {});
    }

    /** A registry in a directory, whose disk writes while uploads arrive. */
    public static Registry onFiles(Path root, InstantSource clock, Executor behind) {
        StoreTree tree = new StoreTree(root);
        BlobStore blobs = new FileBlobStore(tree, clock, Long.MAX_VALUE, behind);
        return new Registry(blobs, tree, clock, DEFAULT_CACHE_BYTES, StorageQuota.unlimited());
    }

    /** The content below, for writing layers directly. */
    public BlobStore blobs() {
        return blobs;
    }

    /**
     * Lets a repository read a blob that is in the store.
     *
     * @throws RegistryException {@link ErrorCode#BLOB_UNKNOWN} if it is not in the store, {@link
     *     ErrorCode#QUOTA_EXCEEDED} if the repository's account has no room for it
     */
    public void linkBlob(RepositoryName name, Digest digest) {
        locks.together(name, () -> {
            BlobStat stat = blobs.retain(digest)
                    .orElseThrow(() -> new RegistryException(ErrorCode.BLOB_UNKNOWN, "no blob " + digest));
            charges.having(name, digest, stat.size(), () -> files.link(name, digest, clock.instant()));
            cache.forgetLink(name, digest);
            return stat;
        });
    }

    /** True if the repository may read the blob. */
    public boolean hasBlob(RepositoryName name, Digest digest) {
        return blob(name, digest).isPresent();
    }

    /** What is known of a blob, if the repository may read it. */
    public Optional<BlobStat> blob(RepositoryName name, Digest digest) {
        return cache.link(name, digest, () -> files.linked(name, digest) ? blobs.stat(digest) : Optional.empty());
    }

    /** Like {@link #blob}, for one who pushes and will rely on the answer: the collector is kept from it. */
    public Optional<BlobStat> promiseBlob(RepositoryName name, Digest digest) {
        Optional<BlobStat> known = blob(name, digest);
        if (known.isEmpty() || !promiseIsOld(known.get())) {
            return known;
        }
        return locks.together(name, () -> {
            if (!files.linked(name, digest)) {
                return Optional.empty();
            }
            Optional<BlobStat> renewed = blobs.retain(digest);
            if (renewed.isPresent()) {
                files.link(name, digest, clock.instant());
            }
            cache.forgetLink(name, digest);
            return renewed;
        });
    }

    /** True if so much time has passed that {@link #promiseBlob} would have to renew the promise. */
    public boolean promiseIsOld(BlobStat stat) {
        return stat.lastNeeded().plus(PROMISE_AGE).isBefore(clock.instant());
    }

    /** The content of a small blob that the repository may read. */
    public byte[] smallContent(BlobStat stat) {
        return cache.content(stat.digest(), () -> Content.read(blobs, stat.digest()));
    }

    /**
     * Lets one repository read what another may read.
     *
     * @return false if the other may not read it either
     */
    public boolean mountBlob(RepositoryName from, RepositoryName to, Digest digest) {
        if (promiseBlob(from, digest).isEmpty()) {
            return false;
        }
        try {
            linkBlob(to, digest);
            return true;
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.BLOB_UNKNOWN) {
                throw e;
            }
            return false; // collected in the instant between
        }
    }

    /** Takes a blob from a repository; false if it was not there. Its bytes go with the next clean-up. */
    public boolean deleteBlob(RepositoryName name, Digest digest) {
        return locks.alone(name, () -> {
            boolean was = charges.losing(name, List.of(digest), () -> files.unlink(name, digest));
            cache.forgetLink(name, digest);
            return was;
        });
    }

    /**
     * Puts a manifest whose blobs are all in the repository, by tag or by its own digest.
     *
     * @return its digest
     * @throws RegistryException {@link ErrorCode#MANIFEST_INVALID}, {@link ErrorCode#MANIFEST_TOO_LARGE}, {@link
     *     ErrorCode#MANIFEST_BLOB_UNKNOWN}, {@link ErrorCode#DIGEST_INVALID}
     */
    public Digest putManifest(RepositoryName name, Reference reference, MediaType mediaType, byte[] content) {
        return manifests.put(name, reference, mediaType, content, Optional.empty());
    }

    /**
     * Like {@link #putManifest(RepositoryName, Reference, MediaType, byte[])}, and notes who did it.
     *
     * @param by who, for lists; one line
     */
    public Digest putManifest(
            RepositoryName name, Reference reference, MediaType mediaType, byte[] content, String by) {
        return manifests.put(name, reference, mediaType, content, Optional.of(by));
    }

    /** Keeps a manifest of another registry whose blobs are fetched when somebody asks for them. */
    public Digest keepManifest(RepositoryName name, Reference reference, MediaType mediaType, byte[] content) {
        return manifests.putAhead(name, reference, mediaType, content);
    }

    /** Notes that a tag, or a manifest by its digest, was asked for; does nothing if it is not here. */
    public void renew(RepositoryName name, Reference reference) {
        locks.together(name, () -> {
            files.renew(name, reference, clock.instant());
            return reference;
        });
    }

    /** A manifest by tag or digest. */
    public Optional<StoredManifest> getManifest(RepositoryName name, Reference reference) {
        return manifests.get(name, reference);
    }

    /** Takes away a tag, or by digest a manifest with all tags that stand for it; false if it was not there. */
    public boolean deleteManifest(RepositoryName name, Reference reference) {
        return manifests.delete(name, reference);
    }

    /** What a tag stands for. */
    public Optional<Digest> resolve(RepositoryName name, Tag tag) {
        return manifests.resolve(name, tag);
    }

    /**
     * The tags in {@link #TAG_ORDER}.
     *
     * @throws RegistryException {@link ErrorCode#NAME_UNKNOWN}
     */
    public List<Tag> tags(RepositoryName name) {
        if (!files.exists(name)) {
            throw new RegistryException(ErrorCode.NAME_UNKNOWN, "no repository " + name);
        }
        return files.tags(name).stream()
                .sorted(Comparator.comparing(Tag::value, TAG_ORDER))
                .toList();
    }

    /** The manifests about a subject that need not exist, of one artifact type if given. */
    public List<Descriptor> referrers(RepositoryName name, Digest subject, Optional<MediaType> artifactType) {
        return manifests.referrers(name, subject).stream()
                .filter(entry -> artifactType.isEmpty() || artifactType.equals(entry.artifactType()))
                .sorted(Comparator.comparing(Descriptor::digest))
                .toList();
    }

    /** Every repository into which a manifest was put, in order of name. */
    public List<RepositoryName> repositories() {
        return files.repositories().stream().filter(files::exists).sorted().toList();
    }

    /** Takes from a repository what it no longer needs; see {@link RepositorySweep}. */
    public RepositorySweep.Outcome sweep(
            RepositoryName name, Instant notNeededSince, Predicate<Digest> keep, ExpiredTags tags, boolean dryRun) {
        RepositorySweep sweep =
                new RepositorySweep(manifests, files, cache, charges, name, notNeededSince, keep, tags, dryRun);
        return locks.alone(name, sweep::run);
    }

    /** Compares what a repository says with what is there, and sets right what can be if asked to. */
    public List<Flaw> check(RepositoryName name, boolean repair) {
        return locks.alone(name, new RepositoryCheck(blobs, files, cache, name, repair)::run);
    }

    /** Takes a blob whose content is wrong out of sight of everybody. */
    public void setAside(Digest digest) {
        blobs.setAside(digest);
        cache.forgetBlob(digest);
    }

    /** Sets right what every account pays, whatever it was charged before. */
    public void settleCharges() {
        charges.settle();
    }

    /** The manifests of a repository, the newest first; empty if there is none. */
    public List<ImageSummary> images(RepositoryName name) {
        return inventory.images(name);
    }

    /** What each repository takes, in order of name. */
    public List<RepositoryUsage> usage() {
        return inventory.usage();
    }

    /**
     * Asks, before bytes are accepted, whether the repository's account has room for them.
     *
     * @param promised what they will be, if known; what the account pays for already costs nothing
     * @throws RegistryException {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public void requireRoom(RepositoryName name, Optional<Digest> promised, long bytes) {
        Optional<String> account = quota.account(name);
        if (account.isPresent()
                && bytes > quota.room(account.get())
                && !promised.map(digest -> charges.holds(account.get(), digest)).orElse(false)) {
            quota.require(account.get(), bytes);
        }
    }

    /** Bytes that the repository's account may still add. */
    public long room(RepositoryName name) {
        return quota.account(name).map(quota::room).orElse(Long.MAX_VALUE);
    }

    /** A sentence for whoever pushes into a repository whose account has little room left. */
    public Optional<String> warning(RepositoryName name) {
        return quota.account(name).flatMap(quota::warning);
    }

    /** Every directory that may hold links, with a manifest or not yet. */
    public List<RepositoryName> everyRepository() {
        return files.repositories();
    }

    /** Forgets the bytes of a removed blob. */
    public void forget(Digest digest) {
        cache.forgetContent(digest);
    }

    /** A manifest if it is in memory; never blocks. */
    public @Nullable StoredManifest knownManifest(RepositoryName name, Reference reference) {
        return cache.knownManifest(name, reference);
    }

    /** A blob if it is in memory that the repository may read it; never blocks. */
    public @Nullable BlobStat knownBlob(RepositoryName name, Digest digest) {
        return cache.knownLink(name, digest);
    }

    /** The bytes of a small blob if they are in memory; never blocks. */
    public byte @Nullable [] knownContent(Digest digest) {
        return cache.knownContent(digest);
    }
}
