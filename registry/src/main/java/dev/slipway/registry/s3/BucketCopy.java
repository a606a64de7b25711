package dev.slipway.registry.s3;

import dev.slipway.registry.blob.DurableFiles;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.repository.SecondCopy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What repositories note (links, manifest entries, tags, referrers) as objects of the bucket that has the content, under the same
 * names as in files, so that a new disk is all it takes to go on (decision 0150). Files are what is read; the bucket is read
 * only when there are none.
 */
public final class BucketCopy implements SecondCopy {
    private static final Logger LOG = Logger.getLogger(BucketCopy.class);
    private static final String REPOSITORIES = "repositories/";
    /** Is there once the bucket has all that the files have. */
    private static final String WHOLE = "repositories-are-whole";

    private static final byte[] NOTHING = new byte[0];

    private final BucketObjects objects;
    private final StoreTree tree;
    private final InstantSource clock;
    private volatile boolean whole;

    /**
     * A copy in a bucket, which must exist.
     *
     * @param signing dates signatures; must be right to some minutes
     * @param tree where the files are
     * @param clock dates objects
     */
    public BucketCopy(Bucket bucket, InstantSource signing, StoreTree tree, InstantSource clock) {
        this.objects = new BucketObjects(bucket, signing);
        this.tree = tree;
        this.clock = clock;
    }

    /**
     * Brings the repositories back if there are none on this disk. If the bucket does not answer, what is on the disk is served, and
     * nothing is changed until it does.
     *
     * @throws StorageException if there are none on this disk and it cannot be found out whether the bucket has some
     */
    public void open() {
        try {
            if (Files.isDirectory(tree.repositories())) {
                makeWhole();
            } else {
                restore();
            }
        } catch (IOException e) {
            if (!Files.isDirectory(tree.repositories())) {
                throw new StorageException("bring back repositories from", "the bucket", e);
            }
            LOG.warnf("Bucket does not answer, nothing can be pushed until it does reason=%s", e.getMessage());
        }
    }

    private void restore() throws IOException {
        if (objects.stat(WHOLE).isPresent()) {
            clear(tree.restoring());
            List<BucketObjects.Stat> all = new ArrayList<>();
            objects.list(REPOSITORIES, all::add);
            for (BucketObjects.Stat found : all) {
                bring(found);
            }
            if (Files.isDirectory(tree.restoring())) {
                DurableFiles.publish(tree.restoring(), tree.repositories());
            }
            LOG.infof("Repositories brought back from the bucket files=%d", all.size());
        }
        DurableFiles.makeDirectory(tree.repositories());
        makeWhole();
    }

    private void bring(BucketObjects.Stat found) throws IOException {
        Path root = tree.restoring();
        Path place = root.resolve(found.key().substring(REPOSITORIES.length())).normalize();
        if (!place.startsWith(root) || place.equals(root)) {
            throw new IOException("the bucket has a key that is no file of a repository: " + found.key());
        }
        Files.createDirectories(DurableFiles.parent(place));
        Files.write(place, found.size() == 0 ? NOTHING : read(found.key()));
        DurableFiles.syncFile(place);
        Files.setLastModifiedTime(place, FileTime.from(found.needed()));
    }

    private byte[] read(String key) throws IOException {
        try (InputStream in = objects.open(key, Optional.empty())
                .orElseThrow(() -> new FileNotFoundException(key + " went from the bucket meanwhile"))) {
            return in.readAllBytes();
        }
    }

    private static void clear(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Brings into the bucket what the files had before they had a bucket. */
    private synchronized void makeWhole() throws IOException {
        if (whole) {
            return;
        }
        if (objects.stat(WHOLE).isEmpty()) {
            int files = 0;
            try (Stream<Path> all = Files.walk(tree.repositories())) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    objects.put(tree.below(file), Files.readAllBytes(file), clock.instant());
                    files++;
                }
            }
            objects.put(WHOLE, NOTHING, clock.instant());
            LOG.infof("Repositories copied into the bucket files=%d", files);
        }
        whole = true;
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        if (!whole) {
            makeWhole();
        }
        objects.put(path, content, clock.instant());
    }

    @Override
    public void delete(String path) throws IOException {
        if (!whole) {
            makeWhole();
        }
        objects.delete(path);
    }
}
