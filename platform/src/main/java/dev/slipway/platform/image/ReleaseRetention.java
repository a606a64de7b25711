package dev.slipway.platform.image;

import dev.slipway.platform.release.Releases;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;

/** What any release names stays in the registry, so that every rollback finds its image. */
@ApplicationScoped
class ReleaseRetention implements Retention {
    private final Releases releases;

    ReleaseRetention(Releases releases) {
        this.releases = releases;
    }

    @Override
    public Set<Digest> needed(RepositoryName repository) {
        return releases.images(repository.value()).stream().map(Digest::parse).collect(Collectors.toUnmodifiableSet());
    }
}
