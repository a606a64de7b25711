package dev.slipway.buildpacks.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a source tree into one directory and never outside it: names are checked, links may only lead to places inside
 * the tree, nothing is written through a link, nothing is written twice, and the tree has a largest size. Directories
 * come by themselves. Every entry gets the owner of the directory.
 */
public final class TreeWriter {

    private final Path root;
    private final SourceLimits limits;
    private final FileOwner owner;
    private final Set<String> directories = new HashSet<>();
    private long bytes;
    private int files;

    /**
     * Prepares to write.
     *
     * @param root an existing empty directory in which nobody else writes meanwhile
     * @param limits how large the tree may be
     */
    public TreeWriter(Path root, SourceLimits limits) throws IOException {
        this.root = root;
        this.limits = limits;
        this.owner = FileOwner.of(root);
    }

    /**
     * Writes a file.
     *
     * @param path path in the tree, with {@code /} between names
     * @param executable whether it may be executed
     * @param content its bytes; not closed
     */
    public void file(String path, boolean executable, InputStream content) throws IOException {
        TreePath name = TreePath.parse(path);
        count(path);
        Path target = parent(name).resolve(name.names().getLast());
        var permissions = PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
        try (OutputStream out = Files.newOutputStream(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            copy(path, content, out);
        } catch (FileAlreadyExistsException e) {
            throw new SourceRefusedException(path, "the tree holds this name twice.");
        }
        Files.setPosixFilePermissions(target, permissions);
        owner.give(target);
    }

    /**
     * Writes a symbolic link.
     *
     * @param path path in the tree
     * @param target where it leads, relative to the link's directory
     */
    public void link(String path, String target) throws IOException {
        TreePath name = TreePath.parse(path);
        count(path);
        if (!name.keepsInside(target)) {
            throw new SourceRefusedException(
                    path, "it is a link to '" + target + "', which is outside the app. Commit the file itself.");
        }
        Path link = parent(name).resolve(name.names().getLast());
        try {
            Files.createSymbolicLink(link, Path.of(target));
        } catch (FileAlreadyExistsException e) {
            throw new SourceRefusedException(path, "the tree holds this name twice.");
        }
        owner.give(link);
    }

    /** Bytes written so far. */
    public long bytes() {
        return bytes;
    }

    /** Files and links written so far. */
    public int files() {
        return files;
    }

    private void count(String path) throws SourceRefusedException {
        if (++files > limits.maxFiles()) {
            throw new SourceRefusedException(
                    path, "the tree has more than " + limits.maxFiles() + " files, which is the limit.");
        }
    }

    private void copy(String path, InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int read = content.read(buffer);
        while (read >= 0) {
            bytes += read;
            if (bytes > limits.maxBytes()) {
                throw new SourceRefusedException(
                        path, "the tree is larger than " + limits.maxBytes() + " bytes, which is the limit.");
            }
            out.write(buffer, 0, read);
            read = content.read(buffer);
        }
    }

    private Path parent(TreePath path) throws IOException {
        Path directory = root;
        StringBuilder text = new StringBuilder();
        for (String name : path.names().subList(0, path.names().size() - 1)) {
            directory = directory.resolve(name);
            text.append(name).append('/');
            if (!directories.contains(text.toString())) {
                if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                    throw new SourceRefusedException(path.text(), "'" + text + "' is a file or a link in this tree.");
                }
                Files.createDirectory(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
                owner.give(directory);
                directories.add(text.toString());
            }
        }
        return directory;
    }
}
