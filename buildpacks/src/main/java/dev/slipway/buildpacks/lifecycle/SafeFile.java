package dev.slipway.buildpacks.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads files that a build left, which may be anything: links are not followed, only regular files are opened, and no
 * more than a bounded number of bytes is taken.
 */
final class SafeFile {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_CHILDREN = 10_000;

    private SafeFile() {}

    /** The text of a file; empty if there is no regular file of this name. */
    static Optional<String> text(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(file.getFileName() + " is larger than " + MAX_BYTES + " bytes");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether this is a directory and no link to one. */
    static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Names of what is in a directory, sorted; none if it is no directory. */
    static List<String> names(Path directory) throws IOException {
        if (!isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return new ArrayList<>(children.limit(MAX_CHILDREN)
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList());
        }
    }
}
