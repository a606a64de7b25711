package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.build.BuildState;
import dev.slipway.platform.build.Builds;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.quota.TenantOverviews;
import dev.slipway.tenancy.quota.TenantOverviews.Overview;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What operators look at: all tenants, the queue of builds, how the platform itself is. */
@ApplicationScoped
public class PlatformCommands {
    private final Authorizer authorizer;
    private final TenantOverviews tenants;
    private final Builds builds;
    private final AppSettingsStore settings;
    private final SmallRyeHealthReporter health;

    PlatformCommands(
            Authorizer authorizer,
            TenantOverviews tenants,
            Builds builds,
            AppSettingsStore settings,
            SmallRyeHealthReporter health) {
        this.authorizer = authorizer;
        this.tenants = tenants;
        this.builds = builds;
        this.settings = settings;
        this.health = health;
    }

    /**
     * A tenant at a glance.
     *
     * @param cpuUsed thousandths of a core, of {@code cpuLimit}
     * @param memoryUsed bytes, of {@code memoryLimit}
     */
    public record TenantGlance(
            String tenant,
            Instant createdAt,
            Optional<String> plan,
            long apps,
            long members,
            long cpuUsed,
            long cpuLimit,
            long memoryUsed,
            long memoryLimit) {
        static TenantGlance of(Overview tenant) {
            return new TenantGlance(
                    tenant.name().value(),
                    tenant.createdAt(),
                    tenant.plan(),
                    tenant.apps(),
                    tenant.members(),
                    tenant.cpu().used(),
                    tenant.cpu().limit(),
                    tenant.memory().used(),
                    tenant.memory().limit());
        }
    }

    /**
     * A build that has not ended.
     *
     * @param app {@code tenant/app}
     * @param state {@code queued} or {@code running}
     * @param since since when it is in that state
     */
    public record OpenBuild(
            String app, int number, String state, String commit, String branch, String requestedBy, Instant since) {}

    /** One of the things that the platform needs. */
    public record HealthFacts(String name, boolean up, SortedMap<String, String> data) {}

    /** All tenants, by name. */
    public List<TenantGlance> tenants(Principal principal) {
        enter(principal);
        return tenants.all().stream().map(TenantGlance::of).toList();
    }

    /** The builds that have not ended, of all apps, the oldest first. */
    public List<OpenBuild> builds(Principal principal) {
        enter(principal);
        List<Build> open = builds.open();
        Map<AppId, AppSettings> apps = open.isEmpty()
                ? Map.of()
                : settings.of(open.stream().map(Build::app).distinct().toList());
        return open.stream()
                .map(build -> new OpenBuild(
                        Optional.ofNullable(apps.get(build.app()))
                                .map(app -> app.ref().toString())
                                .orElse("-"),
                        build.number(),
                        build.state().code().toLowerCase(Locale.ROOT),
                        build.commit(),
                        build.branch(),
                        build.requestedBy(),
                        build.state() instanceof BuildState.Running running ? running.startedAt() : build.createdAt()))
                .toList();
    }

    /** What the platform needs, each with what it says of itself, in the order of names. */
    public List<HealthFacts> health(Principal principal) {
        enter(principal);
        return health.getHealth().getPayload().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .map(check -> new HealthFacts(
                        check.getString("name"), check.getString("status").equals("UP"), data(check)))
                .sorted(java.util.Comparator.comparing(HealthFacts::name))
                .toList();
    }

    private static SortedMap<String, String> data(JsonObject check) {
        SortedMap<String, String> data = new TreeMap<>();
        JsonObject all = check.getJsonObject("data");
        if (all != null) {
            all.forEach((name, value) -> data.put(name, text(value)));
        }
        return data;
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }

    private void enter(Principal principal) {
        authorizer.require(principal, Permission.PLATFORM_VIEW, Subject.platform());
    }
}
