package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeProvider;
import dev.slipway.platform.site.Site;
import jakarta.enterprise.context.ApplicationScoped;

/** Sites that are Docker Engines: the one beside this program is the first. */
@ApplicationScoped
class DockerSites implements RuntimeProvider {
    private final DockerConnection local;

    DockerSites(DockerConnection local) {
        this.local = local;
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public Runtime open(Site site) {
        if (!site.address().isEmpty()) {
            throw new IllegalArgumentException("A docker site has no address: it is the engine beside this program");
        }
        return new DockerRuntime(local, site.name().value());
    }
}
