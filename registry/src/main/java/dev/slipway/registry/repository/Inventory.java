package dev.slipway.registry.repository;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists what is in the registry, for people. Reads without locks: what changes meanwhile is shown before or after. */
final class Inventory {
    private final Manifests manifests;
    private final RepositoryFiles files;
    private final Charges charges;

    Inventory(Manifests manifests, RepositoryFiles files, Charges charges) {
        this.manifests = manifests;
        this.files = files;
        this.charges = charges;
    }

    /** The manifests of a repository, the newest first. */
    List<ImageSummary> images(RepositoryName name) {
        Map<Digest, List<Tag>> tags = new HashMap<>();
        for (Tag tag : files.tags(name)) {
            files.tag(name, tag)
                    .ifPresent(digest -> tags.computeIfAbsent(digest, key -> new ArrayList<>())
                            .add(tag));
        }
        List<ImageSummary> found = new ArrayList<>();
        for (Digest digest : files.manifests(name)) {
            manifests
                    .load(name, digest)
                    .ifPresent(stored -> found.add(summary(name, stored, tags.getOrDefault(digest, List.of()))));
        }
        found.sort(Comparator.comparing(ImageSummary::pushedAt).reversed().thenComparing(ImageSummary::digest));
        return found;
    }

    private ImageSummary summary(RepositoryName name, StoredManifest stored, List<Tag> tags) {
        Manifest parsed = stored.parsed();
        Set<Digest> counted = new HashSet<>();
        long bytes = stored.size();
        for (Descriptor blob : ManifestReferences.blobs(parsed)) {
            bytes += counted.add(blob.digest()) ? blob.size() : 0;
        }
        return new ImageSummary(
                stored.digest(),
                stored.mediaType(),
                tags.stream()
                        .sorted(Comparator.comparing(Tag::value, Registry.TAG_ORDER))
                        .toList(),
                bytes,
                parsed instanceof ImageManifest image ? image.layers() : List.of(),
                files.manifestRenewed(name, stored.digest()).orElse(Instant.EPOCH),
                files.manifest(name, stored.digest()).flatMap(ManifestEntry::by),
                manifests.referrers(name, stored.digest()));
    }

    /** What each repository takes, in order of name. */
    List<RepositoryUsage> usage() {
        Map<RepositoryName, Map<Digest, Long>> held = new HashMap<>();
        Map<Digest, Integer> owners = new HashMap<>();
        for (RepositoryName name : files.repositories()) {
            Map<Digest, Long> own = charges.held(name);
            held.put(name, own);
            own.keySet().forEach(digest -> owners.merge(digest, 1, Integer::sum));
        }
        return held.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> usage(entry.getKey(), entry.getValue(), owners))
                .toList();
    }

    private RepositoryUsage usage(RepositoryName name, Map<Digest, Long> held, Map<Digest, Integer> owners) {
        long all = 0;
        long own = 0;
        for (Map.Entry<Digest, Long> entry : held.entrySet()) {
            all += entry.getValue();
            own += owners.getOrDefault(entry.getKey(), 1) == 1 ? entry.getValue() : 0;
        }
        return new RepositoryUsage(
                name, files.tags(name).size(), files.manifests(name).size(), all, own);
    }
}
