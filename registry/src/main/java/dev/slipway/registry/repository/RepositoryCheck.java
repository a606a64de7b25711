package dev.slipway.registry.repository;

import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what one repository says with what is there, and sets it right if asked to. Nobody else changes it meanwhile. */
final class RepositoryCheck {
    private final BlobStore blobs;
    private final RepositoryFiles files;
    private final RegistryCache cache;
    private final RepositoryName name;
    private final boolean repair;
    private final List<Flaw> flaws = new ArrayList<>();

    RepositoryCheck(BlobStore blobs, RepositoryFiles files, RegistryCache cache, RepositoryName name, boolean repair) {
        this.blobs = blobs;
        this.files = files;
        this.cache = cache;
        this.name = name;
        this.repair = repair;
    }

    List<Flaw> run() {
        for (Digest link : files.links(name)) {
            if (blobs.stat(link).isEmpty()) {
                flaw(Flaw.Kind.LINK_WITHOUT_BLOB, link, () -> files.unlink(name, link));
                cache.forgetLink(name, link);
                cache.forgetContent(link);
            }
        }
        for (Digest digest : files.manifests(name)) {
            manifest(digest);
        }
        for (Tag tag : files.tags(name)) {
            if (!standsForSomething(tag)) {
                flaw(Flaw.Kind.TAG_WITHOUT_MANIFEST, tag, () -> files.deleteTag(name, tag));
                cache.forgetTag(name, tag);
            }
        }
        for (Digest subject : files.subjects(name)) {
            for (Digest referrer : files.referrerDigests(name, subject)) {
                if (files.manifest(name, referrer).isEmpty()) {
                    flaw(
                            Flaw.Kind.REFERRER_WITHOUT_MANIFEST,
                            referrer,
                            () -> files.deleteReferrer(name, subject, referrer));
                }
            }
        }
        return flaws;
    }

    private void manifest(Digest digest) {
        Optional<StoredManifest> stored = stored(digest);
        if (stored.isEmpty()) {
            flaw(Flaw.Kind.MANIFEST_WITHOUT_CONTENT, digest, () -> files.deleteManifest(name, digest));
            cache.forgetManifest(name, digest);
            return;
        }
        Manifest parsed = stored.get().parsed();
        boolean whole = ManifestReferences.blobs(parsed).stream().allMatch(this::blobIsHere)
                && ManifestReferences.manifests(parsed).stream()
                        .allMatch(needed -> stored(needed.digest()).isPresent());
        boolean ahead =
                files.manifest(name, digest).filter(ManifestEntry::isAhead).isPresent();
        if (!whole && !ahead) {
            flaws.add(new Flaw(Flaw.Kind.MANIFEST_NOT_WHOLE, Optional.of(name), digest.toString(), false));
        }
        Descriptor introduction = ManifestReferences.introduction(stored.get(), parsed);
        parsed.subject().map(Descriptor::digest).ifPresent(subject -> {
            if (!files.referrerDigests(name, subject).contains(digest)) {
                flaw(Flaw.Kind.REFERRER_MISSING, digest, () -> files.putReferrer(name, subject, introduction));
            }
        });
    }

    private boolean blobIsHere(Descriptor needed) {
        return files.linked(name, needed.digest())
                && blobs.stat(needed.digest())
                        .filter(stat -> stat.size() == needed.size())
                        .isPresent();
    }

    private Optional<StoredManifest> stored(Digest digest) {
        try {
            Optional<StoredManifest> found = files.manifest(name, digest)
                    .filter(entry -> blobs.stat(digest).isPresent())
                    .map(entry -> new StoredManifest(digest, entry.mediaType(), Content.read(blobs, digest)));
            found.ifPresent(StoredManifest::parsed);
            return found;
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private boolean standsForSomething(Tag tag) {
        try {
            return files.tag(name, tag)
                    .filter(digest -> files.manifest(name, digest).isPresent())
                    .isPresent();
        } catch (RegistryException e) {
            return false;
        }
    }

    private void flaw(Flaw.Kind kind, Object subject, Runnable setRight) {
        if (repair) {
            setRight.run();
        }
        flaws.add(new Flaw(kind, Optional.of(name), subject.toString(), repair));
    }
}
