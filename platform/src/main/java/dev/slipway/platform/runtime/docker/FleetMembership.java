package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.Membership;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Engines remember nothing of a Slipway but its containers, which carry its id. Their own ids say which they are. */
final class FleetMembership implements Membership {
    private final List<FleetHost> hosts;
    private final DockerRuntime local;

    FleetMembership(List<FleetHost> hosts, DockerRuntime local) {
        this.hosts = hosts;
        this.local = local;
    }

    /** Asks every host: one that does not answer while the site joins is likelier a mistake than an accident. */
    @Override
    public String version() {
        String version = "";
        for (FleetHost host : hosts) {
            var health = host.health();
            if (!health.available()) {
                throw new RuntimeUnavailableException("reach the engine of", host.name(), health.version());
            }
            if (local.health().available()
                    && local.engineId().equals(host.runtime().engineId())) {
                throw new IllegalArgumentException(
                        "The engine of " + host.name() + " is the one beside this program, which is a site already");
            }
            version = health.version();
        }
        return version;
    }

    @Override
    public Optional<String> current() {
        return hosts.getFirst().knownId();
    }

    @Override
    public List<Registration> registrations() {
        return hosts.stream()
                .map(host -> new Registration(
                        host.id(), "", false, host.runtime().observe().size()))
                .toList();
    }

    @Override
    public List<Found> found(String registration) {
        return List.of();
    }

    @Override
    public int aside() {
        return 0;
    }

    @Override
    public void adopt(String registration, Collection<Found> kept, Collection<Found> aside, Collection<Found> ended) {
        throw new IllegalArgumentException("Docker hosts keep no registration to take over");
    }

    @Override
    public void renew() {}

    @Override
    public void retire() {
        throw new IllegalArgumentException("Docker hosts keep no registration to give up");
    }

    /** Takes everything of this installation away. */
    @Override
    public void leave() {
        for (FleetHost host : hosts) {
            host.runtime().observe().forEach(observed -> host.runtime().remove(observed.id()));
            host.connection().purge();
        }
    }

    @Override
    public void forget() {}
}
