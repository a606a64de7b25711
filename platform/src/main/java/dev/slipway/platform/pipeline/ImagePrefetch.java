package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.reconcile.ImageAccess;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;

/** Has an image that was just built fetched by the runtime while its release is being made. */
@ApplicationScoped
class ImagePrefetch {
    private final Runtime runtime;
    private final ImageAccess images;

    ImagePrefetch(Runtime runtime, ImageAccess images) {
        this.runtime = runtime;
        this.images = images;
    }

    void begin(AppSettings app, Digest image) {
        RepositoryName repository =
                RepositoryName.of(app.ref().tenant().value(), app.ref().app().value());
        runtime.prefetch(images.reference(repository, image), images.credentials(repository));
    }
}
