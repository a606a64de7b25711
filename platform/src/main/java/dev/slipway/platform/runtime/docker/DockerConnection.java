package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.site.InstallationId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** The installation's one connection to the engine, with the networks and packet filter rules that go with it. */
@ApplicationScoped
public class DockerConnection {

    private final Engine engine;
    private final DockerSettings settings;
    private final InstallationId installation;
    private final Firewall firewall;
    private final Networks networks;

    /**
     * Prepares to connect; nothing is sent yet.
     *
     * @param settings how the engine is reached
     * @param installation whose things are seen
     * @param work runs tasks that block
     * @param clock tells when checks are due again
     */
    @Inject
    public DockerConnection(
            DockerSettings settings, InstallationId installation, ExecutorService work, InstantSource clock) {
        this(settings, installation, work, clock, new PacketFilter.Iptables());
    }

    DockerConnection(
            DockerSettings settings,
            InstallationId installation,
            ExecutorService work,
            InstantSource clock,
            PacketFilter filter) {
        this(new Engine(settings, work), settings, installation, clock, filter);
    }

    /** A connection to any engine. */
    DockerConnection(
            Engine engine,
            DockerSettings settings,
            InstallationId installation,
            InstantSource clock,
            PacketFilter filter) {
        this.settings = settings;
        this.installation = installation;
        this.engine = engine;
        this.firewall = new Firewall(settings, installation, filter, clock);
        this.networks = new Networks(engine, settings, installation, firewall);
    }

    Engine engine() {
        return engine;
    }

    DockerSettings settings() {
        return settings;
    }

    InstallationId installation() {
        return installation;
    }

    Firewall firewall() {
        return firewall;
    }

    Networks networks() {
        return networks;
    }

    /** Removes every network and packet filter rule of the installation; for {@code down --purge} and tests. */
    public void purge() {
        networks.removeAll();
        firewall.remove();
    }

    @PreDestroy
    void close() {
        engine.close();
    }
}
