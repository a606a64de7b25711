package dev.slipway.platform.instance;

import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.tenancy.identity.AppId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One instance of a process type of a release.
 *
 * @param slot which of the wanted instances it is, from 0
 * @param deployment the deployment whose desired state it fulfils
 * @param endpoint where it listens, once it runs and if it listens
 * @param crashes how many instances before it in its slot failed without ever having been healthy for long
 * @param notBefore when it may be launched at the earliest
 * @param leaving whether it is to run elsewhere, and goes on until another one in its place is healthy
 */
public record Instance(
        InstanceId id,
        AppId app,
        ReleaseId release,
        UUID deployment,
        String process,
        int slot,
        String site,
        String node,
        InstanceState state,
        Optional<Endpoint> endpoint,
        int crashes,
        Instant notBefore,
        Instant createdAt,
        Instant stateSince,
        boolean leaving) {

    /** {@code web.1}: the name people know it by, counted from 1. */
    public String name() {
        return process + "." + (slot + 1);
    }

    /** An address an instance listens on. */
    public record Endpoint(String host, int port) {}
}
