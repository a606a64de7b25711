package dev.slipway.platform.reconcile;

import dev.slipway.platform.release.Release;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.registry.oci.RepositoryName;
import java.util.Optional;

/** Port: how the runtime of a site gets at images. */
public interface ImageAccess {
    /** An image by digest, in the registry the site pulls from. */
    ImageReference reference(String site, RepositoryName repository, Digest image);

    /** Credentials that are good for pulling from a repository of that registry. */
    PullCredentials credentials(String site, RepositoryName repository);

    /**
     * Wants an image where a site pulls from; to be asked before anything is launched there, and again until it is there.
     * May wait for the site's registry to answer.
     */
    Presence want(String site, RepositoryName repository, Digest image);

    /**
     * How an image stands at a site.
     *
     * @param missing what keeps it from being used, as a sentence for a person; empty when it is there
     * @param bytesThere of it that are there, by which one sees whether it comes nearer
     */
    record Presence(Optional<String> missing, long bytesThere) {
        /** It can be pulled. */
        public static final Presence THERE = new Presence(Optional.empty(), 0);
    }

    /** The image of a release. */
    default ImageReference reference(String site, Release release) {
        return reference(site, repository(release), Digest.parse(release.imageDigest()));
    }

    /** Credentials for the image of a release. */
    default PullCredentials credentials(String site, Release release) {
        return credentials(site, repository(release));
    }

    private static RepositoryName repository(Release release) {
        return RepositoryName.parse(release.repository());
    }
}
