package dev.slipway.platform.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes a commit's tree into a directory. No filters, no line-end conversion: the bytes that were pushed. Submodules and links
 * that lead out of the tree are decided in {@code platform/docs/decisions/0062-submodules-lfs-links.md}.
 */
final class Checkout {
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final byte[] LFS = "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);
    private static final int LFS_POINTER_BYTES = 1024;
    private static final int NAMED = 3;

    private final Repository repository;
    private final Path directory;
    private final List<String> submodules = new ArrayList<>();
    private final List<String> pointers = new ArrayList<>();
    private final List<String> escaping = new ArrayList<>();
    private int files;
    private long bytes;

    Checkout(Repository repository, Path directory) {
        this.repository = repository;
        this.directory = directory;
    }

    CheckoutFacts write(ObjectId commit) throws IOException {
        Files.createDirectories(directory);
        try (ObjectReader reader = repository.newObjectReader();
                RevWalk commits = new RevWalk(reader);
                TreeWalk tree = new TreeWalk(reader)) {
            tree.addTree(commits.parseCommit(commit).getTree());
            while (tree.next()) {
                entry(reader, tree);
            }
        }
        List<String> notices = new ArrayList<>();
        notice(notices, submodules, "Submodules are not fetched, their directories are empty: ");
        notice(notices, pointers, "Git LFS files are not fetched, the app sees their pointers: ");
        notice(notices, escaping, "Links that lead out of the source are left out: ");
        return new CheckoutFacts(files, bytes, notices);
    }

    private void entry(ObjectReader reader, TreeWalk tree) throws IOException {
        String path = tree.getPathString();
        Path target = directory.resolve(path);
        FileMode mode = tree.getFileMode(0);
        if (mode == FileMode.TREE) {
            Files.createDirectory(target);
            tree.enterSubtree();
        } else if (mode == FileMode.GITLINK) {
            Files.createDirectory(target);
            submodules.add(path);
        } else if (mode == FileMode.SYMLINK) {
            link(path, target, reader.open(tree.getObjectId(0), Constants.OBJ_BLOB));
        } else {
            file(path, target, reader.open(tree.getObjectId(0), Constants.OBJ_BLOB));
            if (mode == FileMode.EXECUTABLE_FILE) {
                Files.setPosixFilePermissions(target, EXECUTABLE);
            }
        }
    }

    private void file(String path, Path target, ObjectLoader content) throws IOException {
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            if (content.isLarge()) {
                content.copyTo(out);
            } else {
                byte[] all = content.getCachedBytes();
                if (all.length < LFS_POINTER_BYTES && startsWith(all, LFS)) {
                    pointers.add(path);
                }
                out.write(all);
            }
        }
        files++;
        bytes += content.getSize();
    }

    private void link(String path, Path target, ObjectLoader content) throws IOException {
        String destination = new String(content.getBytes(4096), StandardCharsets.UTF_8);
        if (!LinkTarget.staysInside(path, destination)) {
            escaping.add(path);
            return;
        }
        Files.createSymbolicLink(target, Path.of(destination));
        files++;
    }

    private static boolean startsWith(byte[] content, byte[] prefix) {
        return content.length >= prefix.length && Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static void notice(List<String> notices, List<String> paths, String sentence) {
        if (!paths.isEmpty()) {
            String named = String.join(", ", paths.subList(0, Math.min(NAMED, paths.size())));
            String more = paths.size() > NAMED ? " and " + (paths.size() - NAMED) + " more" : "";
            notices.add(sentence + named + more);
        }
    }
}
