package dev.slipway.registry.replicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.mirror.RemoteRegistry;
import dev.slipway.registry.mirror.Upstream;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.StoredManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the copies that are wished for, one at a time, the most urgent first: blobs that are not there yet, a piece at a time, then
 * the manifest. What was cut off goes on with the piece that is missing; what fails is tried again, later each time.
 */
public final class Replicator {
    private static final Logger LOG = Logger.getLogger(Replicator.class);
    private static final int PIECE = 4 * 1024 * 1024;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int DOUBLINGS = 8;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_ARRIVED = 10_000;
    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);

    private final Map<String, RemoteRegistry> targets = new HashMap<>();
    private final Registry registry;
    private final CopyQueue queue;
    private final Bandwidth bandwidth;
    private final Rest rest;
    private final InstantSource clock;
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable CopyProgress> running = new AtomicReference<>();
    private final Cache<UUID, Boolean> arrived = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_ARRIVED)
            .expireAfterWrite(KNOWN_FOR)
            .build();

    /** What makes copies from a registry into others. */
    public Replicator(
            List<Upstream> targets,
            Registry registry,
            CopyQueue queue,
            Bandwidth bandwidth,
            Rest rest,
            InstantSource clock) {
        targets.forEach(target -> this.targets.put(target.name(), new RemoteRegistry(target)));
        this.registry = registry;
        this.queue = queue;
        this.bandwidth = bandwidth;
        this.rest = rest;
        this.clock = clock;
    }

    /**
     * Wishes for a copy; durable when this returns.
     *
     * @throws IllegalArgumentException if there is no such target
     */
    public Copy replicate(Copy wish) {
        if (!targets.containsKey(wish.target())) {
            throw new IllegalArgumentException(
                    "there is no registry " + wish.target() + " to copy to; there are " + targets.keySet());
        }
        return queue.add(wish);
    }

    /**
     * Wishes for a copy unless it is there, and tells how it stands: for whoever may begin something at another site only once its
     * image is there. May wait for the other registry to answer.
     *
     * @throws IllegalArgumentException if there is no such target
     */
    public Standing want(Copy wish) {
        Copy copy = queue.find(wish.id()).orElse(wish);
        if (isThere(copy)) {
            return new Standing.There();
        }
        Copy waiting = replicate(wish);
        Optional<CopyProgress> progress =
                progress().filter(some -> some.copy().id().equals(waiting.id()));
        return new Standing.Coming(
                progress.map(CopyProgress::bytesThere).orElse(0L),
                progress.map(CopyProgress::bytes)
                        .or(() -> registry.getManifest(wish.repository(), wish.digest())
                                .map(stored -> bytes(wish.repository(), stored, 0)))
                        .orElse(0L),
                waiting.trouble());
    }

    private boolean isThere(Copy copy) {
        RemoteRegistry target = targets.get(copy.target());
        if (target == null || copy.attempts() > 0) {
            return false; // what failed is asked for again when its time has come, not by everybody who waits for it
        }
        if (arrived.getIfPresent(copy.id()) != null) {
            return true;
        }
        try {
            boolean there =
                    target.resolve(copy.repository().value(), copy.digest()).isPresent();
            if (there) {
                arrived.put(copy.id(), true);
            }
            return there;
        } catch (IOException e) {
            return false; // the attempt to copy says why
        }
    }

    /** What is still to be copied, the next first. */
    public List<Copy> waiting() {
        return queue.waiting();
    }

    /** Bytes sent since the start. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** Copies made since the start. */
    public long made() {
        return made.get();
    }

    /** Attempts that failed since the start. */
    public long failed() {
        return failed.get();
    }

    /** The names of the registries that can be copied to. */
    public Set<String> targets() {
        return Set.copyOf(targets.keySet());
    }

    /** The copy that is being made, if one is. */
    public Optional<CopyProgress> progress() {
        return Optional.ofNullable(running.get());
    }

    /** How long the oldest wish has been waiting; zero if there is none. */
    public Duration lag() {
        return lag(queue.waiting());
    }

    /** How long the oldest wish for one target has been waiting; zero if there is none. */
    public Duration lag(String target) {
        return lag(queue.waiting().stream()
                .filter(copy -> copy.target().equals(target))
                .toList());
    }

    private Duration lag(List<Copy> waiting) {
        return waiting.stream()
                .map(Copy::wantedAt)
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /**
     * Makes the next copy that is due.
     *
     * @return false if none is
     * @throws InterruptedException when the program ends; the copy stays in the queue
     */
    public boolean next() throws InterruptedException {
        Optional<Copy> due = queue.due(clock.instant());
        if (due.isEmpty()) {
            return false;
        }
        Copy copy = due.get();
        RemoteRegistry target = targets.get(copy.target());
        try {
            if (target == null) {
                throw new IOException("there is no registry " + copy.target() + " in the settings any more");
            }
            StoredManifest manifest = stored(copy.repository(), copy.digest());
            Reference called = copy.tag().<Reference>map(tag -> tag).orElse(copy.digest());
            running.set(new CopyProgress(copy, 0, bytes(copy.repository(), manifest, 0)));
            send(target, copy.repository(), manifest, called, 0);
            queue.remove(copy.id());
            arrived.put(copy.id(), true);
            made.incrementAndGet();
            LOG.infof("Copied repository=%s digest=%s target=%s", copy.repository(), copy.digest(), copy.target());
        } catch (IOException | UncheckedIOException | RegistryException e) {
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(DOUBLINGS, copy.attempts()));
            Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            String reason = String.valueOf(e.getMessage());
            failed.incrementAndGet();
            queue.put(copy.failed(reason, clock.instant().plus(bounded)));
            LOG.warnf(
                    "Copy failed repository=%s digest=%s target=%s again=%s reason=%s",
                    copy.repository(), copy.digest(), copy.target(), bounded, reason);
        } finally {
            running.set(null);
        }
        return true;
    }

    private StoredManifest stored(RepositoryName name, Digest digest) throws IOException {
        return registry.getManifest(name, digest)
                .orElseThrow(() -> new IOException(digest + " is no longer in " + name));
    }

    private void send(RemoteRegistry target, RepositoryName name, StoredManifest stored, Reference called, int depth)
            throws IOException, InterruptedException {
        Manifest parsed = stored.parsed();
        if (depth > MAX_DEPTH) {
            throw new IOException("indexes are nested more than " + MAX_DEPTH + " deep");
        }
        switch (parsed) {
            case ImageManifest image -> {
                for (Descriptor blob : blobs(image)) {
                    sendBlob(target, name, blob.digest());
                }
            }
            case ImageIndex index -> {
                for (Descriptor child : index.manifests()) {
                    send(target, name, stored(name, child.digest()), child.digest(), depth + 1);
                }
            }
        }
        target.putManifest(name.value(), called, stored.mediaType(), stored.content());
        there(stored.size());
    }

    /** What an image has here, with itself and whatever it lists. */
    private long bytes(RepositoryName name, StoredManifest stored, int depth) {
        long sum = stored.size();
        if (depth > MAX_DEPTH) {
            return sum;
        }
        switch (stored.parsed()) {
            case ImageManifest image -> {
                for (Descriptor blob : blobs(image)) {
                    sum += registry.blob(name, blob.digest())
                            .map(BlobStat::size)
                            .orElse(0L);
                }
            }
            case ImageIndex index -> {
                for (Descriptor child : index.manifests()) {
                    sum += registry.getManifest(name, child.digest())
                            .map(found -> bytes(name, found, depth + 1))
                            .orElse(0L);
                }
            }
        }
        return sum;
    }

    private static List<Descriptor> blobs(ImageManifest image) {
        List<Descriptor> blobs = new ArrayList<>(image.layers());
        blobs.add(image.config());
        return blobs;
    }

    private void there(long bytes) {
        running.updateAndGet(progress -> progress == null ? null : progress.and(bytes));
    }

    private void sendBlob(RemoteRegistry target, RepositoryName name, Digest digest)
            throws IOException, InterruptedException {
        Optional<BlobStat> stat = registry.blob(name, digest);
        if (stat.isEmpty()) {
            return; // a foreign layer, which is nowhere
        }
        if (target.hasBlob(name.value(), digest)) {
            there(stat.get().size());
            return;
        }
        RemoteRegistry.Upload upload = target.beginUpload(name.value());
        long size = stat.get().size();
        while (upload.offset() < size) {
            int length = (int) Math.min(PIECE, size - upload.offset());
            Instant begun = clock.instant();
            try (InputStream in = registry.blobs().open(digest, upload.offset(), length)) {
                upload = target.append(name.value(), upload, in.readNBytes(length));
            }
            bytesSent.addAndGet(length);
            there(length);
            pace(length, begun);
        }
        target.commit(name.value(), upload, digest);
    }

    private void pace(int bytes, Instant begun) throws InterruptedException {
        Instant now = clock.instant();
        long allowed = bandwidth.at(LocalTime.ofInstant(now, ZoneOffset.UTC));
        if (allowed > 0) {
            Duration due = Duration.ofMillis(bytes * 1000L / allowed).minus(Duration.between(begun, now));
            if (due.isPositive()) {
                rest.rest(due);
            }
        }
    }
}
