package dev.slipway.registry.replicate;

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
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

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

    private final Map<String, RemoteRegistry> targets = new HashMap<>();
    private final Registry registry;
    private final CopyQueue queue;
    private final Bandwidth bandwidth;
    private final Rest rest;
    private final InstantSource clock;
    private final AtomicLong bytesSent = new AtomicLong();

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

    /** What is still to be copied, the next first. */
    public List<Copy> waiting() {
        return queue.waiting();
    }

    /** Bytes sent since the start. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** How long the oldest wish has been waiting; zero if there is none. */
    public Duration lag() {
        return queue.waiting().stream()
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
            send(target, copy.repository(), manifest, called, 0);
            queue.remove(copy.id());
            LOG.infof("Copied repository=%s digest=%s target=%s", copy.repository(), copy.digest(), copy.target());
        } catch (IOException | UncheckedIOException | RegistryException e) {
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(DOUBLINGS, copy.attempts()));
            Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            String reason = String.valueOf(e.getMessage());
            queue.put(copy.failed(reason, clock.instant().plus(bounded)));
            LOG.warnf(
                    "Copy failed repository=%s digest=%s target=%s again=%s reason=%s",
                    copy.repository(), copy.digest(), copy.target(), bounded, reason);
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
                List<Descriptor> blobs = new ArrayList<>(image.layers());
                blobs.add(image.config());
                for (Descriptor blob : blobs) {
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
    }

    private void sendBlob(RemoteRegistry target, RepositoryName name, Digest digest)
            throws IOException, InterruptedException {
        Optional<BlobStat> stat = registry.blob(name, digest);
        if (stat.isEmpty() || target.hasBlob(name.value(), digest)) {
            return; // a foreign layer, which is nowhere; or it is there already
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
