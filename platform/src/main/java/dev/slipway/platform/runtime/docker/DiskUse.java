package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** Adds up the files of a tree while somebody goes on writing it. */
final class DiskUse {

    private static final long BLOCK = 4_096;
    /** From here on a file with several names is worth remembering. */
    private static final long LARGE = 16 * BLOCK;

    private DiskUse() {}

    /**
     * Bytes of the files under a directory, in whole blocks; links are not followed, and a file with several names counts
     * once.
     *
     * @param enough where counting ends: a larger answer says no more than that it is larger
     */
    static long of(Path root, long enough) throws IOException {
        Sum sum = new Sum(enough);
        Files.walkFileTree(root, sum);
        return sum.bytes;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private final long enough;
        private final Set<Object> seen = new HashSet<>();
        private long bytes;

        Sum(long enough) {
            this.enough = enough;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return add(BLOCK);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Object key = attributes.fileKey();
            if (attributes.size() >= LARGE && key != null && !seen.add(key)) {
                return FileVisitResult.CONTINUE;
            }
            return add((attributes.size() + BLOCK - 1) / BLOCK * BLOCK);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException changedMeanwhile) {
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult add(long more) {
            bytes += more;
            return bytes > enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}
