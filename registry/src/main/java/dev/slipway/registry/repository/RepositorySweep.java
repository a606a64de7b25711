package dev.slipway.registry.repository;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes from one repository the manifests that nothing needs and the links that no manifest needs. Runs while nobody
 * else changes the repository; readers go on. Needed is: what a tag stands for, what the keeper names, what is younger than the
 * limit; and, from those, the manifests an index lists and the manifests about a needed subject.
 */
public final class RepositorySweep {

    /**
     * What was taken, or would be.
     *
     * @param tags that have stayed long enough
     * @param manifests taken from the repository
     * @param links to blobs taken from the repository
     * @param remaining digests the repository still needs in the store
     */
    public record Outcome(List<Tag> tags, List<Digest> manifests, List<Digest> links, Set<Digest> remaining) {
        /** Copies what could change. */
        public Outcome {
            tags = List.copyOf(tags);
            manifests = List.copyOf(manifests);
            links = List.copyOf(links);
            remaining = Set.copyOf(remaining);
        }
    }

    private final Manifests manifests;
    private final RepositoryFiles files;
    private final RegistryCache cache;
    private final Charges charges;
    private final RepositoryName name;
    private final Instant notNeededSince;
    private final Predicate<Digest> keep;
    private final ExpiredTags expiredTags;
    private final boolean dryRun;

    RepositorySweep(
            Manifests manifests,
            RepositoryFiles files,
            RegistryCache cache,
            Charges charges,
            RepositoryName name,
            Instant notNeededSince,
            Predicate<Digest> keep,
            ExpiredTags expiredTags,
            boolean dryRun) {
        this.manifests = manifests;
        this.files = files;
        this.cache = cache;
        this.charges = charges;
        this.name = name;
        this.notNeededSince = notNeededSince;
        this.keep = keep;
        this.expiredTags = expiredTags;
        this.dryRun = dryRun;
    }

    Outcome run() {
        List<Digest> all = files.manifests(name);
        List<Tag> goneTags = goneTags();
        Set<Digest> needed = mark(all, goneTags);
        List<Digest> goneManifests =
                all.stream().filter(digest -> !needed.contains(digest)).toList();
        Set<Digest> neededBlobs = new HashSet<>();
        for (Digest digest : needed) {
            manifests
                    .load(name, digest)
                    .ifPresent(stored ->
                            ManifestReferences.blobs(stored.parsed()).forEach(blob -> neededBlobs.add(blob.digest())));
        }
        List<Digest> goneLinks = new ArrayList<>();
        Set<Digest> remaining = new HashSet<>(needed);
        for (Digest link : files.links(name)) {
            if (neededBlobs.contains(link) || young(files.linkRenewed(name, link))) {
                remaining.add(link);
            } else {
                goneLinks.add(link);
            }
        }
        if (!dryRun) {
            goneTags.forEach(tag -> manifests.deleteTag(name, tag));
            goneManifests.forEach(digest -> manifests.deleteManifest(name, digest));
            charges.losing(name, goneLinks, () -> {
                for (Digest link : goneLinks) {
                    files.unlink(name, link);
                    cache.forgetLink(name, link);
                }
                return goneLinks;
            });
        }
        return new Outcome(goneTags, goneManifests, goneLinks, remaining);
    }

    /** All that are too many or too old and stand for nothing that is kept. */
    private List<Tag> goneTags() {
        if (expiredTags.equals(ExpiredTags.NONE)) {
            return List.of();
        }
        Map<Tag, Instant> put = new HashMap<>();
        for (Tag tag : files.tags(name)) {
            files.tagPut(name, tag).ifPresent(at -> put.put(tag, at));
        }
        List<Tag> newestFirst = put.keySet().stream()
                .sorted(Comparator.comparing((Tag tag) -> put.getOrDefault(tag, Instant.EPOCH))
                        .reversed()
                        .thenComparing(Tag::value))
                .toList();
        List<Tag> gone = new ArrayList<>();
        for (int i = expiredTags.newestStays() ? 1 : 0; i < newestFirst.size(); i++) {
            Tag tag = newestFirst.get(i);
            boolean tooMany = expiredTags.most() > 0 && i >= expiredTags.most();
            boolean tooOld = put.getOrDefault(tag, Instant.MAX).isBefore(expiredTags.before());
            if ((tooMany || tooOld) && files.tag(name, tag).filter(keep).isEmpty()) {
                gone.add(tag);
            }
        }
        return gone;
    }

    private Set<Digest> mark(List<Digest> all, List<Tag> goneTags) {
        Set<Digest> needed = new HashSet<>();
        Deque<Digest> open = new ArrayDeque<>();
        Set<Tag> gone = Set.copyOf(goneTags);
        for (Tag tag : files.tags(name)) {
            if (!gone.contains(tag)) {
                files.tag(name, tag).ifPresent(open::add);
            }
        }
        for (Digest digest : all) {
            if (keep.test(digest) || young(files.manifestRenewed(name, digest))) {
                open.add(digest);
            }
        }
        while (!open.isEmpty()) {
            Digest digest = open.remove();
            Optional<StoredManifest> stored = manifests.load(name, digest);
            if (stored.isEmpty() || !needed.add(digest)) {
                continue;
            }
            Manifest manifest = stored.get().parsed();
            ManifestReferences.manifests(manifest).stream()
                    .map(Descriptor::digest)
                    .forEach(open::add);
            files.referrers(name, digest).stream().map(Descriptor::digest).forEach(open::add);
        }
        return needed;
    }

    private boolean young(Optional<Instant> renewed) {
        return renewed.isPresent() && !renewed.get().isBefore(notNeededSince);
    }
}
