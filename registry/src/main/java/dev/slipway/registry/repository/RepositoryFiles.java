package dev.slipway.registry.repository;

import dev.slipway.registry.blob.DurableFiles;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of repositories: links, manifest entries, tags, referrers. Each call is one durable step or a read. */
final class RepositoryFiles {
    private static final byte[] NOTHING = new byte[0];

    private final StoreTree tree;
    private final SecondCopy second;

    RepositoryFiles(StoreTree tree, SecondCopy second) {
        this.tree = tree;
        this.second = second;
    }

    /** Links a blob or renews its link. Outlives a power cut once {@link #syncLinks} was called. */
    void link(RepositoryName name, Digest digest, Instant now) {
        Path link = tree.blobLink(name, digest);
        try {
            if (!Files.exists(link)) {
                second.put(tree.below(link), NOTHING);
                DurableFiles.makeDirectory(DurableFiles.parent(link));
                try {
                    Files.createFile(link);
                } catch (FileAlreadyExistsException e) {
                    // another push linked it first, which is as good
                }
            }
            Files.setLastModifiedTime(link, FileTime.from(now));
        } catch (IOException e) {
            throw new StorageException("link blob", name + " " + digest, e);
        }
    }

    boolean linked(RepositoryName name, Digest digest) {
        return Files.exists(tree.blobLink(name, digest));
    }

    boolean unlink(RepositoryName name, Digest digest) {
        return delete(tree.blobLink(name, digest));
    }

    void syncLinks(RepositoryName name) {
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            Path directory = tree.blobLinks(name).resolve(algorithm.prefix());
            try {
                DurableFiles.sync(directory);
            } catch (NoSuchFileException e) {
                continue;
            } catch (IOException e) {
                throw new StorageException("sync links of", name.value(), e);
            }
        }
    }

    void putManifest(RepositoryName name, Digest digest, ManifestEntry noted, Instant now) {
        Path entry = tree.manifest(name, digest);
        write(entry, noted.text(), "put manifest " + digest);
        try {
            Files.setLastModifiedTime(entry, FileTime.from(now));
        } catch (IOException e) {
            throw new StorageException("renew manifest", name + " " + digest, e);
        }
    }

    /** Notes that a tag or a manifest is needed now, if it is here. */
    void renew(RepositoryName name, Reference reference, Instant now) {
        Path place = switch (reference) {
            case Tag tag -> tree.tag(name, tag);
            case Digest digest -> tree.manifest(name, digest);
        };
        try {
            Files.setLastModifiedTime(place, FileTime.from(now));
        } catch (NoSuchFileException e) {
            return; // gone meanwhile
        } catch (IOException e) {
            throw new StorageException("renew", name + " " + reference, e);
        }
    }

    Optional<ManifestEntry> manifest(RepositoryName name, Digest digest) {
        return read(tree.manifest(name, digest)).map(ManifestEntry::parse);
    }

    /** True if a repository has content as a blob or as a manifest. */
    boolean has(RepositoryName name, Digest digest) {
        return linked(name, digest) || Files.exists(tree.manifest(name, digest));
    }

    boolean deleteManifest(RepositoryName name, Digest digest) {
        return delete(tree.manifest(name, digest));
    }

    void putTag(RepositoryName name, Tag tag, Digest digest, Instant now) {
        Path place = tree.tag(name, tag);
        write(place, digest.toString(), "put tag " + tag);
        try {
            Files.setLastModifiedTime(place, FileTime.from(now));
        } catch (IOException e) {
            throw new StorageException("date tag", name + " " + tag, e);
        }
    }

    Optional<Digest> tag(RepositoryName name, Tag tag) {
        return read(tree.tag(name, tag)).map(Digest::parse);
    }

    boolean deleteTag(RepositoryName name, Tag tag) {
        return delete(tree.tag(name, tag));
    }

    List<Tag> tags(RepositoryName name) {
        return names(tree.tags(name)).stream().map(Tag::new).toList();
    }

    void putReferrer(RepositoryName name, Digest subject, Descriptor referrer) {
        write(
                tree.referrer(name, subject, referrer.digest()),
                new String(referrer.toBytes(), StandardCharsets.UTF_8),
                "put referrer of " + subject);
    }

    List<Descriptor> referrers(RepositoryName name, Digest subject) {
        Path directory = tree.referrers(name, subject);
        List<Descriptor> found = new ArrayList<>();
        for (String entry : names(directory)) {
            read(directory.resolve(entry))
                    .ifPresent(text -> found.add(Descriptor.parse(text.getBytes(StandardCharsets.UTF_8))));
        }
        return found;
    }

    /** The subjects that have referrers. */
    List<Digest> subjects(RepositoryName name) {
        return digests(tree.subjects(name));
    }

    /** The manifests in a subject's list, by the names of their entries. */
    List<Digest> referrerDigests(RepositoryName name, Digest subject) {
        return names(tree.referrers(name, subject)).stream()
                .map(entry -> Digest.parse(entry.replaceFirst("-", ":")))
                .toList();
    }

    void deleteReferrer(RepositoryName name, Digest subject, Digest referrer) {
        delete(tree.referrer(name, subject, referrer));
    }

    List<Digest> manifests(RepositoryName name) {
        return digests(tree.manifests(name));
    }

    List<Digest> links(RepositoryName name) {
        return digests(tree.blobLinks(name));
    }

    /** When a link or manifest entry was last renewed; empty if it is not there. */
    Optional<Instant> renewed(Path entry) {
        try {
            return Optional.of(Files.getLastModifiedTime(entry).toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("look up", entry.toString(), e);
        }
    }

    Optional<Instant> linkRenewed(RepositoryName name, Digest digest) {
        return renewed(tree.blobLink(name, digest));
    }

    Optional<Instant> tagPut(RepositoryName name, Tag tag) {
        return renewed(tree.tag(name, tag));
    }

    Optional<Instant> manifestRenewed(RepositoryName name, Digest digest) {
        return renewed(tree.manifest(name, digest));
    }

    /** True once a manifest was put. */
    boolean exists(RepositoryName name) {
        return Files.isDirectory(tree.manifests(name));
    }

    /** Every directory that can be a repository, with or without manifests. */
    List<RepositoryName> repositories() {
        Path top = tree.repositories();
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        List<RepositoryName> found = new ArrayList<>();
        collect(top, "", found);
        return found;
    }

    private void collect(Path directory, String prefix, List<RepositoryName> found) {
        boolean repository = false;
        for (String entry : names(directory)) {
            if (entry.startsWith("_")) {
                repository = true;
            } else {
                collect(directory.resolve(entry), prefix.isEmpty() ? entry : prefix + "/" + entry, found);
            }
        }
        if (repository) {
            found.add(new RepositoryName(prefix));
        }
    }

    private List<Digest> digests(Path directory) {
        List<Digest> found = new ArrayList<>();
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            for (String hex : names(directory.resolve(algorithm.prefix()))) {
                found.add(new Digest(algorithm, hex));
            }
        }
        return found;
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new StorageException("list", directory.toString(), e);
        }
    }

    private void write(Path place, String content, String operation) {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            second.put(tree.below(place), bytes);
            DurableFiles.write(tree.uploads(), place, bytes);
        } catch (IOException e) {
            throw new StorageException(operation, place.toString(), e);
        }
    }

    private static Optional<String> read(Path place) {
        try {
            return Optional.of(Files.readString(place));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("read", place.toString(), e);
        }
    }

    private boolean delete(Path place) {
        try {
            if (!Files.exists(place)) {
                return false;
            }
            second.delete(tree.below(place));
            DurableFiles.delete(place);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new StorageException("delete", place.toString(), e);
        }
    }
}
