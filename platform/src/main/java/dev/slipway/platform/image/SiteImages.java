package dev.slipway.platform.image;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.replicate.Copy;
import dev.slipway.registry.replicate.Replicator;
import dev.slipway.registry.replicate.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether an image is where it is to run. A site that has a registry of its own is one of {@code slipway.registry.replicas}, by
 * the site's name; all others pull from this registry, where every image is. Ask before something begins at a site: what is
 * not there comes at once, ahead of copies that nobody waits for.
 */
@ApplicationScoped
public class SiteImages {
    private static final int SOMEBODY_WAITS = 10;

    private final Replicator replicator;
    private final InstantSource clock;

    SiteImages(Replicator replicator, InstantSource clock) {
        this.replicator = replicator;
        this.clock = clock;
    }

    /** Wants an image at a site, and tells how it stands there. May wait for the site's registry to answer. */
    public Standing want(String site, RepositoryName repository, Digest image) {
        return replicator.targets().contains(site)
                ? replicator.want(Copy.of(site, repository, image, Optional.empty(), SOMEBODY_WAITS, clock.instant()))
                : new Standing.There();
    }
}
