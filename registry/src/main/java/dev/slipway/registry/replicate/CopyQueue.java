package dev.slipway.registry.replicate;

import dev.slipway.registry.blob.DurableFiles;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.blob.StoreTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Copies that are still to be made, each a file that is synced before the wish is acknowledged. */
public final class CopyQueue {
    private static final Logger LOG = Logger.getLogger(CopyQueue.class);
    private static final Comparator<Copy> ORDER = Comparator.comparingInt(Copy::priority)
            .thenComparing(Copy::wantedAt)
            .thenComparing(Copy::id);

    private final StoreTree tree;
    private final Map<UUID, Copy> copies = new ConcurrentHashMap<>();

    /**
     * The queue in a tree, with what is left from before.
     *
     * @throws StorageException if it cannot be read
     */
    public CopyQueue(StoreTree tree) {
        this.tree = tree;
        try (Stream<Path> files = Files.list(tree.copies())) {
            for (Path file : files.toList()) {
                read(file).ifPresent(copy -> copies.put(copy.id(), copy));
            }
        } catch (NoSuchFileException e) {
            return; // nothing was ever wished for
        } catch (IOException e) {
            throw new StorageException("read the queue of copies", tree.copies().toString(), e);
        }
    }

    private static Optional<Copy> read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            return Optional.of(Copy.parse(content));
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "Copy cannot be understood and is left alone file=%s", file);
            return Optional.empty();
        }
    }

    /** Wishes for a copy; wished for twice it is made once, as early as either wanted. */
    public synchronized Copy add(Copy wish) {
        Copy known = copies.get(wish.id());
        Copy wanted = known == null ? wish : known.withPriority(wish.priority());
        if (!wanted.equals(known)) {
            put(wanted);
        }
        return wanted;
    }

    synchronized void put(Copy copy) {
        try {
            DurableFiles.write(tree.uploads(), tree.copy(copy.id()), copy.toBytes());
        } catch (IOException e) {
            throw new StorageException("note copy", copy.id().toString(), e);
        }
        copies.put(copy.id(), copy);
    }

    /** Takes a copy off the queue; false if it was not there. */
    public synchronized boolean remove(UUID id) {
        if (copies.remove(id) == null) {
            return false;
        }
        try {
            DurableFiles.delete(tree.copy(id));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new StorageException("forget copy", id.toString(), e);
        }
    }

    /** A copy that is still to be made. */
    public Optional<Copy> find(UUID id) {
        return Optional.ofNullable(copies.get(id));
    }

    /** All of them, the next first. */
    public List<Copy> waiting() {
        return copies.values().stream().sorted(ORDER).toList();
    }

    Optional<Copy> due(Instant now) {
        return waiting().stream().filter(copy -> !copy.notBefore().isAfter(now)).findFirst();
    }
}
