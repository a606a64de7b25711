package dev.slipway.platform.runtime.docker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How sandboxes for builds are made. Sizes are bytes. */
@ConfigMapping(prefix = "slipway.build")
public interface SandboxSettings {

    /** Directory under which sandboxes exchange files with the platform. */
    @WithDefault("${slipway.home:${user.home}/.slipway}/sandboxes")
    Path sandboxDirectory();

    /** The stack that apps are built on and with, such as {@code slipway:1}; by default the stack directory names it. */
    Optional<String> stack();

    /** How many started sandboxes wait for a build; each holds about 1 MB. */
    @WithDefault("2")
    int warmSandboxes();

    /** How long after a build used sandboxes are removed and new ones are started. */
    @WithDefault("PT3S")
    Duration tidyDelay();

    /** User and group of the build inside the sandbox, when Slipway itself runs as root. */
    @WithDefault("1000:1000")
    String user();

    /** Processors of a waiting sandbox in thousandths; a build with other limits changes them. */
    @WithDefault("${slipway.pipeline.build-cpu-millis:2000}")
    long warmCpuMillis();

    /** Memory of a waiting sandbox; by default what builds have, so that nothing is to be changed. */
    @WithDefault("${slipway.pipeline.build-memory-bytes:2147483648}")
    long warmMemoryBytes();

    /** Processes of a waiting sandbox. */
    @WithDefault("${slipway.pipeline.build-pids:1024}")
    int warmPids();

    /** Bundle of certificates (PEM) that builds trust; the machine's own if it has one. */
    Optional<Path> caBundle();

    /** Directory of bundled buildpacks, seen by builds read-only at /cnb/buildpacks. */
    Optional<Path> buildpacksDirectory();

    /** Proxy for plain HTTP in builds. */
    Optional<String> httpProxy();

    /** Proxy for HTTPS in builds. */
    Optional<String> httpsProxy();

    /** Hosts that builds reach without a proxy. */
    Optional<String> noProxy();

    /** A build is ended when the machine's disk has less free space than this. */
    @WithDefault("536870912")
    long minimumFreeDisk();
}
