package dev.slipway.platform.reconcile;

import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Images of repositories that a test keeps on their way. */
@Decorator
@Priority(1)
class HeldImages implements ImageAccess {
    /** By repository: how the images of it stand everywhere. */
    static final Map<String, Presence> HELD = new ConcurrentHashMap<>();

    @Inject
    @Any
    @Delegate
    ImageAccess real;

    @Override
    public ImageReference reference(String site, RepositoryName repository, Digest image) {
        return real.reference(site, repository, image);
    }

    @Override
    public PullCredentials credentials(String site, RepositoryName repository) {
        return real.credentials(site, repository);
    }

    @Override
    public Presence want(String site, RepositoryName repository, Digest image) {
        Presence held = HELD.get(repository.value());
        return held == null ? real.want(site, repository, image) : held;
    }
}
