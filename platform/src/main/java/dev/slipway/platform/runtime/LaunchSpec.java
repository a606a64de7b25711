package dev.slipway.platform.runtime;

import dev.slipway.registry.oci.ImageReference;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.TenantName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a runtime must know to launch one instance.
 *
 * @param id identity; launching twice with the same id gives one instance
 * @param tenant whose network it joins
 * @param app the app
 * @param process process type, for example {@code web}
 * @param index 1-based number within the process type
 * @param release for example {@code v12}
 * @param image registry host, repository and digest
 * @param command arguments given to the image's entry point instead of its own; empty takes the image's
 * @param environment variables of the process
 * @param port port inside the container on which it listens, 0 for none
 * @param limits what it may use
 * @param health how to tell that it is healthy, for runtimes that check by themselves
 * @param labels further labels, kept by the runtime with the instance
 * @param credentials shown to the registry
 * @param node the node of the site that was chosen for it; empty leaves it to the runtime
 */
public record LaunchSpec(
        InstanceId id,
        TenantName tenant,
        AppName app,
        String process,
        int index,
        String release,
        ImageReference image,
        Optional<List<String>> command,
        Map<String, String> environment,
        int port,
        ResourceLimits limits,
        Optional<HealthSpec> health,
        Map<String, String> labels,
        PullCredentials credentials,
        Optional<String> node) {

    public LaunchSpec {
        command = command.map(List::copyOf);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is 0 (none) to 65535, not " + port);
        }
    }

    /** As the other, with the node left to the runtime. */
    public LaunchSpec(
            InstanceId id,
            TenantName tenant,
            AppName app,
            String process,
            int index,
            String release,
            ImageReference image,
            Optional<List<String>> command,
            Map<String, String> environment,
            int port,
            ResourceLimits limits,
            Optional<HealthSpec> health,
            Map<String, String> labels,
            PullCredentials credentials) {
        this(
                id,
                tenant,
                app,
                process,
                index,
                release,
                image,
                command,
                environment,
                port,
                limits,
                health,
                labels,
                credentials,
                Optional.empty());
    }

    /** The same on a chosen node. */
    public LaunchSpec on(String chosen) {
        return new LaunchSpec(
                id,
                tenant,
                app,
                process,
                index,
                release,
                image,
                command,
                environment,
                port,
                limits,
                health,
                labels,
                credentials,
                Optional.of(chosen));
    }

    /** Leaves out the values of the environment, which may be secret. */
    @Override
    public String toString() {
        return "LaunchSpec[id=" + id + " app=" + tenant + "/" + app + " process=" + process + "." + index + " release="
                + release + " image=" + image + "]";
    }
}
