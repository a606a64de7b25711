package dev.slipway.platform.reconcile;

import dev.slipway.platform.release.Release;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.registry.oci.RepositoryName;

/** Port: how a runtime gets at images. */
public interface ImageAccess {
    /** An image by digest, in the registry the runtime's site pulls from. */
    ImageReference reference(RepositoryName repository, Digest image);

    /** Credentials that are good for pulling from a repository, for a few minutes. */
    PullCredentials credentials(RepositoryName repository);

    /** The image of a release. */
    default ImageReference reference(Release release) {
        return reference(RepositoryName.parse(release.repository()), Digest.parse(release.imageDigest()));
    }

    /** Credentials for the image of a release. */
    default PullCredentials credentials(Release release) {
        return credentials(RepositoryName.parse(release.repository()));
    }
}
