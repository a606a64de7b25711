package dev.slipway.registry.mirror;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.registry.access.AccessDecision;
import dev.slipway.registry.access.AccessPolicy;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.blob.BlobUpload;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.collect.TagLimits;
import dev.slipway.registry.mirror.RemoteRegistry.Fetched;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Repositories that are other registries': {@code docker.io/library/nginx} here is {@code library/nginx} there. Before such a
 * repository is read, what is missing is fetched, proven and kept. A tag is asked for anew after a while; when the other
 * registry does not answer, what is here is as good as it gets. Content by digest never changes and is never asked for twice.
 * What nobody asked for in a long time goes with the clean-up.
 */
public final class Mirrors {
    private static final Logger LOG = Logger.getLogger(Mirrors.class);
    private static final int STRIPES = 64;
    private static final int TRIES = 3;
    private static final int MAX_TAGS = 50_000;

    private final Map<String, RemoteRegistry> remotes = new HashMap<>();
    private final Registry registry;
    private final Duration fresh;
    private final Duration keep;
    private final InstantSource clock;
    private final Cache<String, Instant> asked =
            Caffeine.newBuilder().executor(Runnable::run).maximumSize(MAX_TAGS).build();
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /**
     * Mirrors over a registry.
     *
     * @param fresh how long a tag is taken to stand for what it stood for when last asked
     * @param keep how long something stays here after somebody last asked for it
     */
    public Mirrors(List<Upstream> upstreams, Registry registry, Duration fresh, Duration keep, InstantSource clock) {
        upstreams.forEach(upstream -> remotes.put(upstream.name(), new RemoteRegistry(upstream)));
        this.registry = registry;
        this.fresh = fresh;
        this.keep = keep;
        this.clock = clock;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** True if a repository is another registry's. Never blocks. */
    public boolean holds(RepositoryName name) {
        return !remotes.isEmpty() && remote(name) != null;
    }

    private @Nullable RemoteRegistry remote(RepositoryName name) {
        int slash = name.value().indexOf('/');
        return slash < 0 ? null : remotes.get(name.value().substring(0, slash));
    }

    private static String there(RepositoryName name) {
        return name.value().substring(name.value().indexOf('/') + 1);
    }

    /** A policy that lets everybody who signed in pull from mirrored repositories, and nobody change them. */
    public AccessPolicy policy(AccessPolicy others) {
        return new AccessPolicy() {
            @Override
            public AccessDecision decide(RegistryPrincipal principal, RepositoryName repository, Action action) {
                if (!holds(repository)) {
                    return others.decide(principal, repository, action);
                }
                return action == Action.PULL && !principal.anonymous()
                        ? AccessDecision.allowed()
                        : new AccessDecision.Denied(true);
            }

            @Override
            public boolean mayListRepositories(RegistryPrincipal principal) {
                return others.mayListRepositories(principal);
            }
        };
    }

    /** A retention that lets go of what nobody asked for in a mirrored repository for long; what others name stays. */
    public Retention retention(Retention others) {
        return new Retention() {
            @Override
            public Set<Digest> needed(RepositoryName repository) {
                return others.needed(repository);
            }

            @Override
            public TagLimits tagLimits(RepositoryName repository) {
                return holds(repository) ? new TagLimits(0, Optional.of(keep), false) : others.tagLimits(repository);
            }

            @Override
            public Duration afterUse(RepositoryName repository) {
                return holds(repository) ? keep : others.afterUse(repository);
            }
        };
    }

    /**
     * Makes sure that a manifest of a mirrored repository is here, and that a tag is not too old.
     *
     * @throws RegistryException {@link ErrorCode#UPSTREAM_FAILED} if it is not and cannot be had
     */
    public void bring(RepositoryName name, Reference reference) {
        RemoteRegistry remote = remote(name);
        if (remote == null) {
            return;
        }
        String key = name + " " + reference;
        ReentrantLock stripe = lock(key);
        try {
            Optional<Digest> here = reference instanceof Tag tag
                    ? registry.resolve(name, tag)
                    : registry.getManifest(name, reference).map(stored -> stored.digest());
            if (here.isPresent() && isFresh(key)) {
                return;
            }
            if (here.isPresent()) {
                registry.renew(name, reference);
            }
            if (here.isPresent() && reference instanceof Digest) {
                asked.put(key, clock.instant());
                return;
            }
            try {
                bring(remote, name, reference, here);
                asked.put(key, clock.instant());
            } catch (IOException | RegistryException e) {
                if (here.isEmpty()) {
                    throw failed(name + ":" + reference, e);
                }
                LOG.warnf(
                        "Mirror serves what it has repository=%s reference=%s reason=%s",
                        name, reference, e.getMessage());
            }
        } finally {
            stripe.unlock();
        }
    }

    private boolean isFresh(String key) {
        Instant last = asked.getIfPresent(key);
        return last != null && clock.instant().isBefore(last.plus(fresh));
    }

    private void bring(RemoteRegistry remote, RepositoryName name, Reference reference, Optional<Digest> here)
            throws IOException {
        if (here.isPresent() && remote.resolve(there(name), reference).equals(here)) {
            return;
        }
        Optional<Fetched> fetched = remote.manifest(there(name), reference);
        if (fetched.isPresent()) {
            registry.keepManifest(
                    name, reference, fetched.get().mediaType(), fetched.get().content());
        } else if (here.isPresent() && reference instanceof Tag) {
            registry.deleteManifest(name, reference); // it is gone there
        }
    }

    /**
     * Makes sure that a blob of a mirrored repository is here.
     *
     * @throws RegistryException {@link ErrorCode#UPSTREAM_FAILED} if it is not and cannot be had
     */
    public void bringBlob(RepositoryName name, Digest digest) {
        RemoteRegistry remote = remote(name);
        if (remote == null || registry.hasBlob(name, digest)) {
            return;
        }
        ReentrantLock stripe = lock(digest.hex());
        try {
            if (!registry.hasBlob(name, digest)) {
                fetch(remote, name, digest);
            }
        } catch (IOException | UncheckedIOException e) {
            throw failed(name + "@" + digest, e);
        } finally {
            stripe.unlock();
        }
    }

    /** Begins again where a transfer was cut off. */
    private void fetch(RemoteRegistry remote, RepositoryName name, Digest digest) throws IOException {
        BlobUpload upload = registry.blobs().newUpload(name);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    Optional<InputStream> found = remote.blob(there(name), digest, upload.size());
                    if (found.isEmpty()) {
                        return;
                    }
                    try (InputStream in = found.get()) {
                        upload.append(upload.size(), in);
                    }
                    break;
                } catch (IOException | UncheckedIOException e) {
                    if (attempt == TRIES) {
                        throw e;
                    }
                    LOG.warnf("Mirror begins again digest=%s at=%d reason=%s", digest, upload.size(), e.getMessage());
                }
            }
            upload.commit(digest);
            registry.linkBlob(name, digest);
        } finally {
            upload.cancel();
        }
    }

    private static RegistryException failed(String subject, Exception cause) {
        LOG.warnf("Mirror cannot fetch subject=%s reason=%s", subject, cause.getMessage());
        return new RegistryException(ErrorCode.UPSTREAM_FAILED, subject + " is not here yet: " + cause.getMessage());
    }

    private ReentrantLock lock(String key) {
        ReentrantLock stripe = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        stripe.lock();
        return stripe;
    }
}
