package dev.slipway.platform.reconcile;

import dev.slipway.platform.release.Release;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.oci.ImageReference;

/** Port: how a runtime gets at a release's image. */
public interface ImageAccess {
    /** The image by digest, in the registry the runtime's site pulls from. */
    ImageReference reference(Release release);

    /** Credentials that are good for pulling this release's repository, for a few minutes. */
    PullCredentials credentials(Release release);
}
