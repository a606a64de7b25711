package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Where everything lies in the store. Nothing else composes a path.
 *
 * <pre>
 * root/
 * ├── token.key                          what tokens are signed with; only the owner may read it
 * ├── blobs/sha256/3f/3f2c1ab…           content, complete and proven; modified time = when last needed
 * ├── aside/sha256-77aa…                 content that was found wrong, out of sight
 * ├── copies/5b1e…-….json                a copy in another registry that is still to be made
 * ├── restoring/                         repositories on their way back from a bucket; then they take their place
 * ├── uploads/7d0c…-…/                   one upload or write in progress
 * │   ├── data                           what was received so far
 * │   └── repository                     the name it belongs to; absent for a write by the platform itself
 * └── repositories/acme/shop/            a component never starts with '_', so the rest cannot collide
 *     ├── _blobs/sha256/3f2c1ab…         empty: this repository may read that blob
 *     ├── _manifests/sha256/9be0…        the manifest's media type and who put it; its bytes are a blob
 *     ├── _tags/v12                      the digest the tag stands for; replaced by rename
 *     └── _referrers/sha256/9be0…/       one file per manifest whose subject is 9be0…
 *         └── sha256-c4d1…               its descriptor
 * </pre>
 */
public final class StoreTree {
    private static final int SHARD = 2;

    private final Path root;

    /** A tree under a directory that need not exist yet. */
    public StoreTree(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The directory of everything. */
    public Path root() {
        return root;
    }

    /** What a path is called below the root, with slashes. */
    public String below(Path place) {
        return root.relativize(place).toString();
    }

    /** The secret that tokens are signed with. */
    public Path tokenKey() {
        return root.resolve("token.key");
    }

    /** All blobs, by algorithm. */
    public Path blobs() {
        return root.resolve("blobs");
    }

    /** A blob's content. */
    public Path blob(Digest digest) {
        return blobs().resolve(digest.algorithm().prefix())
                .resolve(digest.hex().substring(0, SHARD))
                .resolve(digest.hex());
    }

    /** The directories that blobs of an algorithm lie in; made beforehand, none has to be made durable in the midst of a push. */
    public List<Path> shards(Digest.Algorithm algorithm) {
        Path all = blobs().resolve(algorithm.prefix());
        return IntStream.range(0, 1 << (4 * SHARD))
                .mapToObj(shard -> all.resolve(HexFormat.of().toHexDigits(shard, SHARD)))
                .toList();
    }

    /** Where content goes that was found wrong. */
    public Path aside(Digest digest) {
        return root.resolve("aside").resolve(digest.algorithm().prefix() + "-" + digest.hex());
    }

    /** The copies in other registries that are still to be made. */
    public Path copies() {
        return root.resolve("copies");
    }

    /** One of them. */
    public Path copy(UUID id) {
        return copies().resolve(id + ".json");
    }

    /** All uploads in progress. */
    public Path uploads() {
        return root.resolve("uploads");
    }

    /** One upload in progress. */
    public Path upload(UploadId id) {
        return uploads().resolve(id.toString());
    }

    /** What an upload received so far. */
    public Path uploadData(UploadId id) {
        return upload(id).resolve("data");
    }

    /** The name of the repository an upload belongs to. */
    public Path uploadRepository(UploadId id) {
        return upload(id).resolve("repository");
    }

    /** Where repositories are brought back to, before they are put in their place at once. */
    public Path restoring() {
        return root.resolve("restoring");
    }

    /** All repositories. */
    public Path repositories() {
        return root.resolve("repositories");
    }

    /** One repository. */
    public Path repository(RepositoryName name) {
        return repositories().resolve(name.value());
    }

    /** The links to blobs, by algorithm. */
    public Path blobLinks(RepositoryName name) {
        return repository(name).resolve("_blobs");
    }

    /** The link to one blob. */
    public Path blobLink(RepositoryName name, Digest digest) {
        return entry(blobLinks(name), digest);
    }

    /** The manifests, by algorithm. */
    public Path manifests(RepositoryName name) {
        return repository(name).resolve("_manifests");
    }

    /** The entry of one manifest. */
    public Path manifest(RepositoryName name, Digest digest) {
        return entry(manifests(name), digest);
    }

    /** The tags. */
    public Path tags(RepositoryName name) {
        return repository(name).resolve("_tags");
    }

    /** One tag. */
    public Path tag(RepositoryName name, Tag tag) {
        return tags(name).resolve(tag.value());
    }

    /** The subjects that manifests are about, by algorithm. */
    public Path subjects(RepositoryName name) {
        return repository(name).resolve("_referrers");
    }

    /** The manifests about a subject. */
    public Path referrers(RepositoryName name, Digest subject) {
        return entry(subjects(name), subject);
    }

    /** The descriptor of one manifest about a subject. */
    public Path referrer(RepositoryName name, Digest subject, Digest referrer) {
        return referrers(name, subject).resolve(referrer.algorithm().prefix() + "-" + referrer.hex());
    }

    private static Path entry(Path directory, Digest digest) {
        return directory.resolve(digest.algorithm().prefix()).resolve(digest.hex());
    }
}
