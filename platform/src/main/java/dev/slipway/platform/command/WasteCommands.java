package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.demand.Demand;
import dev.slipway.platform.demand.Fit;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What was asked for beside what is used, and the change of limits that would fit. */
@ApplicationScoped
public class WasteCommands {
    private final Authorizer authorizer;
    private final Tenants tenants;
    private final AppSettingsStore settings;
    private final Demand demand;
    private final ProcessCommands processes;

    WasteCommands(
            Authorizer authorizer,
            Tenants tenants,
            AppSettingsStore settings,
            Demand demand,
            ProcessCommands processes) {
        this.authorizer = authorizer;
        this.tenants = tenants;
        this.settings = settings;
        this.demand = demand;
        this.processes = processes;
    }

    /**
     * A process type that was looked at.
     *
     * @param instances how many are wanted
     * @param asked for each instance
     * @param usedCpuMillis what 95 of 100 looks in the last seven days did not exceed
     * @param samples how many looks that is; below a day of them nothing is proposed
     * @param better the limits that would fit, where those there are do not
     */
    public record WasteFacts(
            String app,
            String process,
            int instances,
            ProcessLimits asked,
            long usedCpuMillis,
            long usedMemoryBytes,
            long samples,
            Optional<ProcessLimits> better) {

        /** Whether enough is known to propose anything. */
        public boolean known() {
            return samples >= Fit.ENOUGH;
        }

        /** Bytes that all its instances have and do not need; negative where they need more. */
        public long memoryFreed() {
            return better.map(limits -> (asked.memoryBytes() - limits.memoryBytes()) * instances)
                    .orElse(0L);
        }
    }

    /** The process types of the apps one may see, those first that free the most memory. */
    public List<WasteFacts> report(Principal principal, TenantName tenant) {
        authorizer.require(principal, Permission.TENANT_QUOTAS_READ, Subject.of(tenant));
        var id = tenants.find(tenant)
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()))
                .id();
        List<AppSettings> apps = authorizer.allowed(principal, Permission.APP_VIEW, settings.of(id), AppSettings::ref);
        Map<AppId, Map<String, Fit.Limits>> asked = new HashMap<>();
        apps.forEach(app -> asked.put(app.id(), asked(app)));
        Map<AppId, Map<String, Fit>> fits = demand.fits(asked);
        List<WasteFacts> report = new ArrayList<>();
        for (AppSettings app : apps) {
            fits.getOrDefault(app.id(), Map.of()).forEach((process, fit) -> report.add(facts(app, process, fit)));
        }
        report.sort(Comparator.comparingLong(WasteFacts::memoryFreed)
                .reversed()
                .thenComparing(WasteFacts::app)
                .thenComparing(WasteFacts::process));
        return report;
    }

    /**
     * Gives a process type other limits, if it still has those that were seen.
     *
     * @throws NotPossibleException when somebody has changed them meanwhile
     */
    public Optional<Rolling> apply(
            Principal principal, AppRef ref, String process, ProcessLimits seen, ProcessLimits better) {
        LimitChange change = new LimitChange(Optional.of(better.cpuMillis()), Optional.of(better.memoryBytes()));
        return processes.limit(principal, ref, Map.of(process, change), now -> {
            boolean same = now.filter(limits -> limits instanceof Map<?, ?> some && seen.equals(some.get(process)))
                    .isPresent();
            if (!same) {
                throw new NotPossibleException(
                        "process",
                        process,
                        "Nothing was changed: the limits of " + process + " of " + ref
                                + " are not what this report saw any more. Look at it again.");
            }
        });
    }

    private static Map<String, Fit.Limits> asked(AppSettings app) {
        Set<String> types = new TreeSet<>(app.formation().keySet());
        types.add(AppSettings.WEB);
        Map<String, Fit.Limits> asked = new HashMap<>();
        for (String type : types) {
            ProcessLimits limits = app.limitsOf(type);
            asked.put(type, new Fit.Limits(limits.cpuMillis(), limits.memoryBytes()));
        }
        return asked;
    }

    private static WasteFacts facts(AppSettings app, String process, Fit fit) {
        return new WasteFacts(
                app.ref().app().value(),
                process,
                app.stopped() ? 0 : app.wanted(process),
                new ProcessLimits(fit.askedCpuMillis(), fit.askedMemoryBytes()),
                fit.usedCpuMillis(),
                fit.usedMemoryBytes(),
                fit.samples(),
                fit.better().map(limits -> new ProcessLimits(limits.cpuMillis(), limits.memoryBytes())));
    }
}
