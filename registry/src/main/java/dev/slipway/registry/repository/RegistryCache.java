package dev.slipway.registry.repository;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is asked often, in memory, bounded by bytes. Writers change the files first and then forget the entry here;
 * Caffeine makes a load that began earlier wait or vanish, so a reader never sees the past after a write was answered.
 */
final class RegistryCache {
    private static final int MAX_ENTRIES = 50_000;
    private static final int ENTRY_OVERHEAD = 400;

    private record Key(RepositoryName repository, Reference reference) {}

    private final Cache<Key, Digest> tags = small();
    private final Cache<Key, BlobStat> links = small();
    private final Cache<Key, StoredManifest> manifests;
    private final Cache<Digest, byte[]> contents;

    RegistryCache(long bytes) {
        manifests = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bytes / 2)
                .weigher((Key key, StoredManifest manifest) -> manifest.content().length + ENTRY_OVERHEAD)
                .build();
        contents = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bytes / 2)
                .weigher((Digest key, byte[] content) -> content.length + ENTRY_OVERHEAD)
                .build();
    }

    private static <V> Cache<Key, V> small() {
        return Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(MAX_ENTRIES)
                .build();
    }

    Optional<Digest> tag(RepositoryName name, Tag tag, Supplier<Optional<Digest>> load) {
        return Optional.ofNullable(
                tags.get(new Key(name, tag), key -> load.get().orElse(null)));
    }

    Optional<StoredManifest> manifest(RepositoryName name, Digest digest, Supplier<Optional<StoredManifest>> load) {
        return Optional.ofNullable(
                manifests.get(new Key(name, digest), key -> load.get().orElse(null)));
    }

    Optional<BlobStat> link(RepositoryName name, Digest digest, Supplier<Optional<BlobStat>> load) {
        return Optional.ofNullable(
                links.get(new Key(name, digest), key -> load.get().orElse(null)));
    }

    byte[] content(Digest digest, Supplier<byte[]> load) {
        return contents.get(digest, key -> load.get());
    }

    @Nullable
    StoredManifest knownManifest(RepositoryName name, Reference reference) {
        Reference digest = reference instanceof Tag ? tags.getIfPresent(new Key(name, reference)) : reference;
        return digest == null ? null : manifests.getIfPresent(new Key(name, digest));
    }

    @Nullable
    BlobStat knownLink(RepositoryName name, Digest digest) {
        return links.getIfPresent(new Key(name, digest));
    }

    byte @Nullable [] knownContent(Digest digest) {
        return contents.getIfPresent(digest);
    }

    void forgetTag(RepositoryName name, Tag tag) {
        tags.invalidate(new Key(name, tag));
    }

    void forgetManifest(RepositoryName name, Digest digest) {
        manifests.invalidate(new Key(name, digest));
    }

    void forgetLink(RepositoryName name, Digest digest) {
        links.invalidate(new Key(name, digest));
    }

    /** Forgets a blob in every repository, and the manifest it may be. */
    void forgetBlob(Digest digest) {
        links.asMap().keySet().removeIf(key -> key.reference().equals(digest));
        manifests.asMap().keySet().removeIf(key -> key.reference().equals(digest));
        forgetContent(digest);
    }

    void forgetContent(Digest digest) {
        contents.invalidate(digest);
    }
}
