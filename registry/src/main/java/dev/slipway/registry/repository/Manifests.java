package dev.slipway.registry.repository;

import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Manifests, tags and referrers of all repositories. */
final class Manifests {
    private final BlobStore blobs;
    private final RepositoryFiles files;
    private final RegistryCache cache;
    private final RepositoryLocks locks;
    private final Charges charges;
    private final InstantSource clock;

    Manifests(
            BlobStore blobs,
            RepositoryFiles files,
            RegistryCache cache,
            RepositoryLocks locks,
            Charges charges,
            InstantSource clock) {
        this.blobs = blobs;
        this.files = files;
        this.cache = cache;
        this.locks = locks;
        this.charges = charges;
        this.clock = clock;
    }

    Digest put(RepositoryName name, Reference reference, MediaType mediaType, byte[] content, Optional<String> by) {
        return put(name, reference, mediaType, content, by, true);
    }

    /** Puts a manifest whose parts come later. */
    Digest putAhead(RepositoryName name, Reference reference, MediaType mediaType, byte[] content) {
        return put(name, reference, mediaType, content, Optional.of(ManifestEntry.AHEAD), false);
    }

    private Digest put(
            RepositoryName name,
            Reference reference,
            MediaType mediaType,
            byte[] content,
            Optional<String> by,
            boolean whole) {
        Manifest manifest = Manifest.parse(mediaType, content);
        Digest digest = name(reference, content);
        StoredManifest stored = new StoredManifest(digest, mediaType, content);
        return locks.together(name, () -> {
            if (whole) {
                requireWhole(name, manifest);
            }
            blobs.put(digest, content);
            files.syncLinks(name);
            ManifestEntry entry = new ManifestEntry(mediaType, by);
            charges.having(name, digest, content.length, () -> files.putManifest(name, digest, entry, clock.instant()));
            manifest.subject()
                    .ifPresent(subject -> files.putReferrer(
                            name, subject.digest(), ManifestReferences.introduction(stored, manifest)));
            cache.forgetManifest(name, digest);
            if (reference instanceof Tag tag) {
                files.putTag(name, tag, digest, clock.instant());
                cache.forgetTag(name, tag);
            }
            return digest;
        });
    }

    private static Digest name(Reference reference, byte[] content) {
        return switch (reference) {
            case Tag tag -> Digest.sha256(content);
            case Digest promised -> {
                if (!promised.names(content)) {
                    throw new RegistryException(
                            ErrorCode.DIGEST_INVALID,
                            "the manifest is " + Digest.of(promised.algorithm(), content) + ", promised was "
                                    + promised);
                }
                yield promised;
            }
        };
    }

    private void requireWhole(RepositoryName name, Manifest manifest) {
        for (Descriptor needed : ManifestReferences.blobs(manifest)) {
            Optional<BlobStat> stat =
                    files.linked(name, needed.digest()) ? blobs.stat(needed.digest()) : Optional.empty();
            requireSize(name, needed, stat.map(BlobStat::size));
        }
        for (Descriptor needed : ManifestReferences.manifests(manifest)) {
            requireSize(name, needed, load(name, needed.digest()).map(StoredManifest::size));
        }
    }

    private static void requireSize(RepositoryName name, Descriptor needed, Optional<Long> size) {
        if (size.isEmpty()) {
            throw new RegistryException(
                    ErrorCode.MANIFEST_BLOB_UNKNOWN, needed.digest() + " is not in repository " + name);
        }
        if (size.get() != needed.size()) {
            throw new RegistryException(
                    ErrorCode.MANIFEST_INVALID,
                    needed.digest() + " has " + size.get() + " bytes, the manifest says " + needed.size());
        }
    }

    Optional<StoredManifest> get(RepositoryName name, Reference reference) {
        return switch (reference) {
            case Digest digest -> load(name, digest);
            case Tag tag -> {
                Optional<Digest> digest = resolve(name, tag);
                Optional<StoredManifest> found = digest.flatMap(value -> load(name, value));
                if (found.isPresent() || digest.isEmpty()) {
                    yield found;
                }
                cache.forgetTag(name, tag); // it moved, and what it stood for was deleted, between the two reads
                yield resolve(name, tag).flatMap(value -> load(name, value));
            }
        };
    }

    Optional<Digest> resolve(RepositoryName name, Tag tag) {
        return cache.tag(name, tag, () -> files.tag(name, tag));
    }

    Optional<StoredManifest> load(RepositoryName name, Digest digest) {
        return cache.manifest(
                name,
                digest,
                () -> files.manifest(name, digest)
                        .filter(entry -> blobs.stat(digest).isPresent())
                        .map(entry -> new StoredManifest(digest, entry.mediaType(), Content.read(blobs, digest))));
    }

    boolean delete(RepositoryName name, Reference reference) {
        return locks.alone(name, () -> switch (reference) {
            case Tag tag -> deleteTag(name, tag);
            case Digest digest -> deleteManifest(name, digest);
        });
    }

    /** Called while nobody else changes the repository. */
    boolean deleteTag(RepositoryName name, Tag tag) {
        boolean was = files.deleteTag(name, tag);
        cache.forgetTag(name, tag);
        return was;
    }

    /** Called while nobody else changes the repository. */
    boolean deleteManifest(RepositoryName name, Digest digest) {
        Optional<StoredManifest> stored = load(name, digest);
        if (stored.isEmpty()) {
            return false;
        }
        for (Tag tag : files.tags(name)) {
            if (files.tag(name, tag).filter(digest::equals).isPresent()) {
                deleteTag(name, tag);
            }
        }
        charges.losing(name, List.of(digest), () -> files.deleteManifest(name, digest));
        cache.forgetManifest(name, digest);
        stored.get().parsed().subject().ifPresent(subject -> files.deleteReferrer(name, subject.digest(), digest));
        return true;
    }

    /** The entries of the referrers directory, and those a client without the referrers API left under the fallback tag. */
    List<Descriptor> referrers(RepositoryName name, Digest subject) {
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        Tag fallback =
                new Tag(subject.algorithm().prefix() + "-" + subject.hex().substring(0, 64));
        get(name, fallback).map(StoredManifest::parsed).ifPresent(manifest -> {
            if (manifest instanceof ImageIndex index) {
                index.manifests().forEach(entry -> found.put(entry.digest(), entry));
            }
        });
        files.referrers(name, subject).forEach(entry -> found.put(entry.digest(), entry));
        found.keySet().removeIf(digest -> files.manifest(name, digest).isEmpty());
        return List.copyOf(found.values());
    }
}
