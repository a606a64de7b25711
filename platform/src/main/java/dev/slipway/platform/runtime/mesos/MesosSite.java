package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.mesos.wire.Dialer;
import dev.slipway.platform.runtime.mesos.wire.MasterAddress;
import dev.slipway.platform.runtime.mesos.wire.MasterCredentials;
import dev.slipway.platform.runtime.mesos.wire.MasterLocator;
import dev.slipway.platform.runtime.mesos.wire.ZooKeeperLocator;
import dev.slipway.registry.oci.ImageReference;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One site that is a Mesos cluster.
 *
 * @param name the site's name
 * @param masters {@code host:port,host:port}, or {@code zk://host:port,…/path}
 * @param credentials shown to masters and agents
 * @param tls how TLS is spoken with masters and agents, if it is
 * @param containerizer which of the agents' two container engines runs instances
 * @param user account that tasks run as on the agents
 * @param frameworkName as people see it in the cluster's own pages
 * @param webui address of this program, shown there
 * @param control address of this program as the agents reach it; the registry's host by HTTP if absent
 * @param failoverTimeout how long the cluster keeps everything running while nobody is subscribed
 * @param patience how long a launch waits for an offer
 * @param gpus whether agents with GPUs are asked for
 */
public record MesosSite(
        String name,
        String masters,
        MasterCredentials credentials,
        Optional<SSLContext> tls,
        Containerizer containerizer,
        String user,
        String frameworkName,
        Optional<String> webui,
        Optional<String> control,
        Duration failoverTimeout,
        Duration patience,
        boolean gpus) {
    private static final String ZOOKEEPER = "zk://";

    /** The two container engines of an agent. */
    public enum Containerizer {
        /** Docker Engine, with a bridge network and port mappings. */
        DOCKER,
        /** Mesos' own (UCR); the instance shares the agent's network. */
        MESOS
    }

    /**
     * @throws IllegalArgumentException saying which of the parts is wrong
     */
    public MesosSite {
        if (!masters.startsWith(ZOOKEEPER)) {
            MasterAddress.list(masters);
        }
        if (failoverTimeout.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("A failover timeout of " + failoverTimeout
                    + " would kill every instance when Slipway is away for longer: give an hour or more");
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("The patience of a launch must be positive, not " + patience);
        }
    }

    /** A site with the usual settings. */
    public static MesosSite of(String name, String masters, MasterCredentials credentials) {
        return new MesosSite(
                name,
                masters,
                credentials,
                Optional.empty(),
                Containerizer.DOCKER,
                "root",
                "slipway",
                Optional.empty(),
                Optional.empty(),
                Duration.ofDays(21),
                Duration.ofSeconds(30),
                false);
    }

    /** The same with another container engine. */
    public MesosSite with(Containerizer other) {
        return new MesosSite(
                name,
                masters,
                credentials,
                tls,
                other,
                user,
                frameworkName,
                webui,
                control,
                failoverTimeout,
                patience,
                gpus);
    }

    /** The same with another patience. */
    public MesosSite waiting(Duration atMost) {
        return new MesosSite(
                name,
                masters,
                credentials,
                tls,
                containerizer,
                user,
                frameworkName,
                webui,
                control,
                failoverTimeout,
                atMost,
                gpus);
    }

    /** The same with TLS. */
    public MesosSite with(SSLContext spoken) {
        return new MesosSite(
                name,
                masters,
                credentials,
                Optional.of(spoken),
                containerizer,
                user,
                frameworkName,
                webui,
                control,
                failoverTimeout,
                patience,
                gpus);
    }

    /** This program as the agents reach it. */
    String control(ImageReference image) {
        return control.orElseGet(() -> "http://" + image.host());
    }

    Dialer dialer() {
        return new Dialer(tls, credentials, Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    MasterLocator locator() {
        return masters.startsWith(ZOOKEEPER)
                ? new ZooKeeperLocator(masters)
                : MasterLocator.of(MasterAddress.list(masters));
    }
}
