package dev.slipway.platform.image;

import dev.slipway.platform.reconcile.ImageAccess;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Images by digest from the registry of this program. */
@ApplicationScoped
class InstanceImages implements ImageAccess {
    private final PullPass passes;
    private final String host;

    InstanceImages(
            PullPass passes,
            @ConfigProperty(name = "slipway.registry.host") Optional<String> host,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        this.passes = passes;
        this.host = host.orElse("127.0.0.1:" + port);
    }

    @Override
    public ImageReference reference(RepositoryName repository, Digest image) {
        return new ImageReference(host, repository, image);
    }

    @Override
    public PullCredentials credentials(RepositoryName repository) {
        return passes.issue(repository, Set.of(Action.PULL));
    }
}
