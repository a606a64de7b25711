package dev.slipway.platform.image;

import dev.slipway.platform.release.Releases;
import dev.slipway.registry.RegistrySettings;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.collect.TagLimits;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;

/** What any release names stays in the registry, so that every rollback finds its image. */
@ApplicationScoped
class ReleaseRetention implements Retention {
    private static final String OWN = "slipway/";

    private final Releases releases;
    private final RegistrySettings settings;
    private final RegistryQuota quota;

    ReleaseRetention(Releases releases, RegistrySettings settings, RegistryQuota quota) {
        this.releases = releases;
        this.settings = settings;
        this.quota = quota;
    }

    @Override
    public Set<Digest> needed(RepositoryName repository) {
        return releases.images(repository.value()).stream().map(Digest::parse).collect(Collectors.toUnmodifiableSet());
    }

    /** The platform's own repositories keep all their tags. */
    @Override
    public TagLimits tagLimits(RepositoryName repository) {
        return quota.account(repository).isEmpty() || repository.value().startsWith(OWN)
                ? TagLimits.NONE
                : new TagLimits(settings.keepTags(), settings.keepTagAge());
    }
}
