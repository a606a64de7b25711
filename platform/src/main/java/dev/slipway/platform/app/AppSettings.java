package dev.slipway.platform.app;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How an app is to run, apart from what a release fixes.
 *
 * @param formation wanted instances by process type
 * @param limits what an instance may use, by process type; a type that is absent has {@link ProcessLimits#DEFAULT}
 * @param stopped whether the app is stopped as a whole, formation kept
 * @param liveRelease the release that is to serve, absent before the first deployment is done
 * @param liveDeployment the deployment that made that release live; the instances of any other are left-overs
 * @param createdAt when the app was created
 * @param version grows with each change, for optimistic locking
 */
public record AppSettings(
        AppId id,
        TenantId tenant,
        AppRef ref,
        Optional<String> deployBranch,
        Map<String, Integer> formation,
        Map<String, ProcessLimits> limits,
        boolean stopped,
        Optional<UUID> liveRelease,
        Optional<UUID> liveDeployment,
        Instant createdAt,
        int version) {

    /** The web process type: the one that is given {@code $PORT} and routes. */
    public static final String WEB = "web";

    public AppSettings {
        formation = Map.copyOf(formation);
        limits = Map.copyOf(limits);
    }

    /** How many instances of a process type are wanted: one web unless said otherwise, none of the others. */
    public int wanted(String process) {
        return formation.getOrDefault(process, WEB.equals(process) ? 1 : 0);
    }

    public ProcessLimits limitsOf(String process) {
        return limits.getOrDefault(process, ProcessLimits.DEFAULT);
    }
}
