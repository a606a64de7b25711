package dev.slipway.registry.collect;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import java.time.Duration;
import java.util.Set;

/** Port: which manifests somebody outside the registry still needs, such as a release or a running instance. May block. */
@FunctionalInterface
public interface Retention {
    /**
     * The manifests of a repository that must stay, tagged or not. Asked before the repository is swept; if it throws,
     * nothing of this repository is taken.
     */
    Set<Digest> needed(RepositoryName repository);

    /** How long tags of a repository stay, unless they stand for something needed. */
    default TagLimits tagLimits(RepositoryName repository) {
        return TagLimits.NONE;
    }

    /** How long something stays that nothing names after it was last needed; never shorter than the grace period. */
    default Duration afterUse(RepositoryName repository) {
        return Duration.ZERO;
    }

    /** Nothing but tags keeps a manifest. */
    static Retention tagsOnly() {
        return repository -> Set.of();
    }
}
