package dev.slipway.platform.image;

import dev.slipway.platform.release.Releases;
import dev.slipway.registry.RegistrySettings;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.collect.TagLimits;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.replicate.Copy;
import dev.slipway.registry.replicate.Replicator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What any release names stays in the registry, so that every rollback finds its image; and what is still to be copied to another
 * registry, until it is there.
 */
@ApplicationScoped
class ReleaseRetention implements Retention {
    private static final String OWN = "slipway/";

    private final Releases releases;
    private final RegistrySettings settings;
    private final RegistryQuota quota;
    private final Replicator replicator;

    ReleaseRetention(Releases releases, RegistrySettings settings, RegistryQuota quota, Replicator replicator) {
        this.releases = releases;
        this.settings = settings;
        this.quota = quota;
        this.replicator = replicator;
    }

    @Override
    public Set<Digest> needed(RepositoryName repository) {
        return Stream.concat(
                        releases.images(repository.value()).stream().map(Digest::parse),
                        replicator.waiting().stream()
                                .filter(copy -> copy.repository().equals(repository))
                                .map(Copy::digest))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The platform's own repositories keep all their tags. */
    @Override
    public TagLimits tagLimits(RepositoryName repository) {
        return quota.account(repository).isEmpty() || repository.value().startsWith(OWN)
                ? TagLimits.NONE
                : new TagLimits(settings.keepTags(), settings.keepTagAge());
    }
}
