package dev.slipway.registry.collect;

import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.ExpiredTags;
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.RepositorySweep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Online clean-up. First each repository, one at a time, gives up the manifests and links it does not need; then the blobs
 * that no repository links go.
 *
 * <p>It is safe beside pushes because of the grace period: a write, a mount, a link and a pusher's question whether a blob
 * is here all renew the blob's time under the same lock as its removal, and what was renewed within the period stays. A push
 * therefore has the whole period, less {@link Registry#PROMISE_AGE}, between its first blob and its manifest. Run again
 * after a crash it does what is left.
 */
public final class Collector {
    /** The shortest grace period that keeps the promise to pushers. */
    public static final Duration MIN_GRACE = Registry.PROMISE_AGE.multipliedBy(2);

    private static final Logger LOG = Logger.getLogger(Collector.class);

    private final Registry registry;
    private final Retention retention;
    private final Duration grace;
    private final InstantSource clock;
    private final Pace pace;

    /**
     * A collector for a registry.
     *
     * @param grace what was needed within this time stays, at least {@link #MIN_GRACE}
     */
    public Collector(Registry registry, Retention retention, Duration grace, InstantSource clock) {
        this(registry, retention, grace, clock, Pace.full());
    }

    /** A collector that asks its pace after each repository and each blob. */
    public Collector(Registry registry, Retention retention, Duration grace, InstantSource clock, Pace pace) {
        if (grace.compareTo(MIN_GRACE) < 0) {
            throw new IllegalArgumentException(
                    "a grace period of " + grace + " would take blobs from pushes; the least is " + MIN_GRACE);
        }
        this.registry = registry;
        this.retention = retention;
        this.grace = grace;
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * Cleans up once. May run for long; pulls and pushes go on.
     *
     * @param dryRun true to find out what would be taken, and take nothing
     */
    public CollectionReport collect(boolean dryRun) {
        Instant notNeededSince = clock.instant().minus(grace);
        Marks marks = new Marks();
        boolean complete = true;
        for (RepositoryName name : registry.everyRepository()) {
            complete = complete && pace.next();
            if (complete) {
                sweep(name, notNeededSince, dryRun, marks);
            }
        }
        List<BlobStat> unlinked = new ArrayList<>();
        if (complete && marks.skipped.isEmpty()) {
            registry.blobs().forEach(stat -> {
                if (stat.lastNeeded().isBefore(notNeededSince) && !marks.remaining.contains(stat.digest())) {
                    unlinked.add(stat);
                }
            });
        }
        int removed = 0;
        long freed = 0;
        for (BlobStat stat : unlinked) {
            complete = complete && pace.next();
            if (!complete) {
                break;
            }
            long bytes = dryRun ? stat.size() : remove(stat, notNeededSince);
            freed += Math.max(0, bytes);
            removed += bytes >= 0 ? 1 : 0;
        }
        int uploads = dryRun ? 0 : registry.blobs().expireUploads(grace);
        if (!dryRun) {
            registry.settleCharges();
        }
        return new CollectionReport(
                dryRun, marks.tags, marks.manifests, marks.links, removed, freed, uploads, complete, marks.skipped);
    }

    private void sweep(RepositoryName name, Instant notNeededSince, boolean dryRun, Marks marks) {
        try {
            Set<Digest> needed = retention.needed(name);
            TagLimits limits = retention.tagLimits(name);
            ExpiredTags expired = new ExpiredTags(
                    limits.most(), limits.age().map(clock.instant()::minus).orElse(Instant.MIN), limits.newestStays());
            Instant unused = clock.instant().minus(retention.afterUse(name));
            Instant since = unused.isBefore(notNeededSince) ? unused : notNeededSince;
            RepositorySweep.Outcome outcome = registry.sweep(name, since, needed::contains, expired, dryRun);
            marks.tags += outcome.tags().size();
            marks.manifests += outcome.manifests().size();
            marks.links += outcome.links().size();
            marks.remaining.addAll(outcome.remaining());
        } catch (RuntimeException e) {
            LOG.warnf(e, "Repository left alone by the clean-up repository=%s", name);
            marks.skipped.add(name);
        }
    }

    private long remove(BlobStat stat, Instant notNeededSince) {
        long bytes = registry.blobs().remove(stat.digest(), notNeededSince);
        if (bytes >= 0) {
            registry.forget(stat.digest());
        }
        return bytes;
    }

    /** What the sweep of the repositories found. */
    private static final class Marks {
        private final Set<Digest> remaining = new HashSet<>();
        private final List<RepositoryName> skipped = new ArrayList<>();
        private int tags;
        private int manifests;
        private int links;
    }
}
