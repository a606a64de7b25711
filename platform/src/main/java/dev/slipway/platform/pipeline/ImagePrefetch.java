package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.reconcile.ImageAccess;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;

/** Has an image that was just built fetched by the sites that may run it while its release is being made. */
@ApplicationScoped
class ImagePrefetch {
    private final Runtimes runtimes;
    private final ImageAccess images;

    ImagePrefetch(Runtimes runtimes, ImageAccess images) {
        this.runtimes = runtimes;
        this.images = images;
    }

    void begin(AppSettings app, Digest image) {
        RepositoryName repository =
                RepositoryName.of(app.ref().tenant().value(), app.ref().app().value());
        runtimes.all().stream()
                .filter(at -> at.site().state().takesInstances())
                .forEach(at -> begin(at, repository, image));
    }

    private void begin(Runtimes.At at, RepositoryName repository, Digest image) {
        String site = at.site().name().value();
        // Where it is on its way first, the launch waits for it.
        if (images.want(site, repository, image).missing().isEmpty()) {
            at.runtime().prefetch(images.reference(site, repository, image), images.credentials(site, repository));
        }
    }
}
