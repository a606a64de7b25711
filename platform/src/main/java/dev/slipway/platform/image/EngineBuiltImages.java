package dev.slipway.platform.image;

import dev.slipway.platform.runtime.BuiltImageTarget;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Images built by the engine go into the registry of this program, by a pass for the one repository. */
@ApplicationScoped
class EngineBuiltImages implements BuiltImageTarget {
    private final PullPass passes;
    private final String host;

    EngineBuiltImages(
            PullPass passes,
            @ConfigProperty(name = "slipway.registry.host") Optional<String> host,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        this.passes = passes;
        this.host = host.orElse("127.0.0.1:" + port);
    }

    @Override
    public String registry() {
        return host;
    }

    @Override
    public PullCredentials credentials(RepositoryName repository) {
        return passes.issue(repository, Set.of(Action.PULL, Action.PUSH));
    }
}
