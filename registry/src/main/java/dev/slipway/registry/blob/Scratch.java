package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RegistryException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reading what files of the store mean from their names, and clearing away what is unfinished. */
final class Scratch {
    private Scratch() {}

    /** When anything in an upload was last written; now-or-later entries of a vanished one count as just touched. */
    static Instant lastTouched(Path entry) throws IOException {
        Instant last = Instant.MIN;
        for (Path file : List.of(entry, entry.resolve("data"))) {
            try {
                Instant touched = Files.getLastModifiedTime(file).toInstant();
                last = touched.isAfter(last) ? touched : last;
            } catch (FileSystemException e) {
                continue; // gone meanwhile, or the entry is a plain file with nothing below it
            }
        }
        return last.equals(Instant.MIN) ? Instant.MAX : last;
    }

    static Optional<UploadId> uploadId(Path entry) {
        try {
            return Optional.of(UploadId.parse(entry.getFileName().toString()));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    static Optional<Digest> blobDigest(Path file) {
        try {
            String algorithm =
                    DurableFiles.parent(DurableFiles.parent(file)).getFileName().toString();
            return Optional.of(Digest.parse(algorithm + ":" + file.getFileName()));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    static void delete(Path entry) throws IOException {
        try (Stream<Path> children = Files.list(entry)) {
            for (Path child : children.toList()) {
                Files.deleteIfExists(child);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (NotDirectoryException e) {
            Files.deleteIfExists(entry);
            return;
        }
        Files.deleteIfExists(entry);
    }
}
