package dev.slipway.platform.runtime.docker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the Docker Engine is reached and how instances are kept in it. Durations are ISO 8601, sizes are bytes. */
@ConfigMapping(prefix = "slipway.docker")
public interface DockerSettings {

    /** The engine's socket. */
    @WithDefault("/var/run/docker.sock")
    Path socket();

    /** How long the engine may take to accept a connection. */
    @WithDefault("PT5S")
    Duration connectTimeout();

    /** How long the engine may take for one short command. */
    @WithDefault("PT30S")
    Duration responseTimeout();

    /** How long an image may take to arrive. */
    @WithDefault("PT5M")
    Duration pullTimeout();

    /** How the proxy reaches an instance. */
    @WithDefault("container-address")
    Reach reach();

    /** Whether a small init process forwards signals and reaps orphans. */
    @WithDefault("true")
    boolean init();

    /** Whether an instance's file system is read-only but for a memory file system on /tmp. */
    @WithDefault("false")
    boolean readOnlyRoot();

    /** Size of /tmp when the file system is read-only. */
    @WithDefault("67108864")
    long temporaryBytes();

    /** Kernel capabilities that instances keep, for example {@code CHOWN}; none by default. */
    Optional<List<String>> capabilities();

    /** Thousandths of a core an instance may use while it starts, if its own limit is lower; 0 keeps to that limit. */
    @WithDefault("1000")
    long boostCpuMillis();

    /** From where networks take their subnets. */
    @WithDefault("10.200.0.0/14")
    String networkPool();

    /** Length of the prefix of one network; 24 leaves room for 253 instances of a tenant. */
    @WithDefault("24")
    int networkPrefix();

    /** Whether packet filter rules keep containers away from the machine and from blocked networks. */
    @WithDefault("true")
    boolean firewall();

    /** TCP ports of the machine that instances may reach: the proxy's. */
    @WithDefault("${slipway.proxy.port:8000}")
    List<Integer> hostPorts();

    /** Networks that no container may reach; link-local addresses serve cloud metadata. */
    @WithDefault("169.254.0.0/16")
    List<String> blockedNetworks();

    /** How the proxy reaches an instance. */
    enum Reach {
        /** By the container's own address on its bridge; needs no forwarding process. */
        CONTAINER_ADDRESS,
        /** By a port published on 127.0.0.1, for engines whose bridges this machine cannot reach. */
        PUBLISHED_PORT
    }
}
