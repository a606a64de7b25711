package dev.slipway.platform.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Copies a part into an archive while others go on writing to it. What is written there is never changed, only added,
 * replaced at once or removed; so all it takes is the order, and to look again when something went away under the eyes:
 * packed repositories move objects from one file to another.
 */
class TreeReader {
    private static final int MOST_LOOKS = 20;

    private final Part part;
    private final ArchiveWriter archive;
    private final Set<Path> copied = new HashSet<>();

    TreeReader(Part part, ArchiveWriter archive) {
        this.part = part;
        this.archive = archive;
    }

    void copy() throws IOException {
        if (Files.isRegularFile(part.place())) {
            add(part.place(), part.name());
            return;
        }
        if (!Files.isDirectory(part.place())) {
            return;
        }
        pass(path -> !part.isLate(path));
        for (int look = 0; pass(part::isLate); look++) {
            if (look == MOST_LOOKS) {
                throw new BackupException(
                        "back up " + part.place(),
                        "files went away under " + MOST_LOOKS
                                + " looks in a row; try again when less is written there");
            }
        }
    }

    /** Copies what was not copied yet; whether something that was listed went away before it could be read. */
    private boolean pass(Predicate<String> wanted) throws IOException {
        boolean wentAway = false;
        for (Path file : files()) {
            String below = part.place().relativize(file).toString();
            if (wanted.test(below) && !copied.contains(file)) {
                wentAway |= !add(file, nameOf(file));
            }
        }
        return wentAway;
    }

    private boolean add(Path file, String name) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            archive.add(name, content, Files.isExecutable(file));
            copied.add(file);
            isRead(file);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Called for each file in turn; a test changes the tree under the reader here. */
    void isRead(Path file) throws IOException {}

    /** All regular files; the walk takes it that files and directories come and go. */
    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(part.place(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isLeftOut(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isLeftOut(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return unlessGone(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure == null && isEmpty(directory) && copied.add(directory)) {
                    archive.addDirectory(nameOf(directory));
                }
                return failure == null ? FileVisitResult.CONTINUE : unlessGone(failure);
            }
        });
        return files;
    }

    /** An empty directory can mean something: Git wants to see some in a repository. */
    private boolean isEmpty(Path directory) throws IOException {
        if (directory.equals(part.place())) {
            return false;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            return !children.iterator().hasNext();
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static FileVisitResult unlessGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private String nameOf(Path path) {
        return part.name() + "/" + part.place().relativize(path);
    }

    private boolean isLeftOut(Path path) {
        return part.place().equals(path.getParent())
                && part.except().contains(path.getFileName().toString());
    }
}
