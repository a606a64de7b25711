package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.core.GoLangFileMatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A build context as the tar that the engine wants, without what {@code .dockerignore} names: there the last matching
 * line decides, and one that begins with {@code !} takes files in again.
 */
final class ContextArchive {

    private record Rule(String pattern, boolean takesIn) {}

    private final Path root;
    private final String dockerfile;
    private final List<Rule> rules;

    private ContextArchive(Path root, String dockerfile, List<Rule> rules) {
        this.root = root;
        this.dockerfile = dockerfile;
        this.rules = rules;
    }

    static ContextArchive of(Path root, String dockerfile) throws IOException {
        Path ignore = root.resolve(".dockerignore");
        List<Rule> rules = new ArrayList<>();
        if (Files.isRegularFile(ignore)) {
            for (String line : Files.readAllLines(ignore)) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    boolean takesIn = text.startsWith("!");
                    String pattern = takesIn ? text.substring(1).strip() : text;
                    rules.add(new Rule(pattern.replaceAll("^\\./|^/|/$", ""), takesIn));
                }
            }
        }
        return new ContextArchive(root, dockerfile, rules);
    }

    /** Writes the whole archive. */
    void writeTo(OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    String name = root.relativize(directory).toString();
                    if (!name.isEmpty() && included(name)) {
                        put(tar, new TarArchiveEntry(name + "/"), directory, 0755);
                        tar.closeArchiveEntry();
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = root.relativize(file).toString();
                    if (included(name)) {
                        add(tar, file, name, attributes);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    boolean included(String name) {
        if (name.equals(dockerfile) || name.equals(".dockerignore")) {
            return true;
        }
        boolean included = true;
        for (Rule rule : rules) {
            if (matches(rule.pattern(), name)) {
                included = rule.takesIn();
            }
        }
        return included;
    }

    private static boolean matches(String pattern, String name) {
        if (GoLangFileMatch.match(List.of(pattern), name).size() > 0) {
            return true;
        }
        int slash = name.lastIndexOf('/');
        return slash > 0 && matches(pattern, name.substring(0, slash));
    }

    private static void add(TarArchiveOutputStream tar, Path file, String name, BasicFileAttributes attributes)
            throws IOException {
        if (attributes.isSymbolicLink()) {
            TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            link.setLinkName(Files.readSymbolicLink(file).toString());
            tar.putArchiveEntry(link);
        } else if (attributes.isRegularFile()) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(attributes.size());
            put(tar, entry, file, Files.isExecutable(file) ? 0755 : 0644);
            Files.copy(file, tar);
        } else {
            return;
        }
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, Path file, int mode) throws IOException {
        entry.setMode(mode);
        entry.setModTime(Files.getLastModifiedTime(file));
        tar.putArchiveEntry(entry);
    }
}
