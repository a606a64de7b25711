package dev.slipway.platform.release;

import dev.slipway.tenancy.identity.AppId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an app runs as, fixed for ever: an image, process types, health checks and the config of that moment.
 *
 * @param repository the image's repository in Slipway's registry, {@code tenant/app}
 * @param imageDigest the image manifest's digest, {@code sha256:…}
 * @param checks by process type; a type without one has the default of its kind
 * @param configNames the names of the config variables; values only by {@link Releases#config}
 */
public record Release(
        ReleaseId id,
        AppId app,
        int number,
        String repository,
        String imageDigest,
        String commit,
        String description,
        List<ProcessType> processes,
        Map<String, HealthChecks> checks,
        List<String> configNames,
        String createdBy,
        Instant createdAt) {

    public Release {
        processes = List.copyOf(processes);
        checks = Map.copyOf(checks);
        configNames = List.copyOf(configNames);
    }

    /** {@code v12}. */
    public String version() {
        return "v" + number;
    }

    public Optional<ProcessType> process(String name) {
        return processes.stream().filter(type -> type.name().equals(name)).findFirst();
    }
}
