package dev.slipway.platform.command;

import dev.slipway.platform.app.AppDomains;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.pipeline.LiveAddress;
import dev.slipway.platform.reconcile.Wakeup;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Apps: list, create, look at, destroy. */
@ApplicationScoped
public class AppCommands {
    private final Authorizer authorizer;
    private final Apps apps;
    private final AppDoor door;
    private final AppSettingsStore settings;
    private final AppDomains domains;
    private final Releases releases;
    private final LiveAddress address;
    private final AppRemoval removal;
    private final TenantCommands tenants;
    private final Wakeup wakeup;

    AppCommands(
            Authorizer authorizer,
            Apps apps,
            AppDoor door,
            AppSettingsStore settings,
            AppDomains domains,
            Releases releases,
            LiveAddress address,
            AppRemoval removal,
            TenantCommands tenants,
            Wakeup wakeup) {
        this.authorizer = authorizer;
        this.apps = apps;
        this.door = door;
        this.settings = settings;
        this.domains = domains;
        this.releases = releases;
        this.address = address;
        this.removal = removal;
        this.tenants = tenants;
        this.wakeup = wakeup;
    }

    /**
     * Reads an app's name as people write it: {@code tenant/app}, or only {@code app} for those who see one tenant.
     *
     * @throws InvalidNameException when it cannot be a name, or the tenant has to be said
     */
    public AppRef resolve(Principal principal, String text) {
        if (text.indexOf('/') >= 0) {
            return AppRef.parse(text);
        }
        AppName name = AppName.parse(text);
        List<TenantName> mine = tenants.visible(principal);
        if (mine.size() != 1) {
            throw new InvalidNameException("app", text, "Say which tenant's: write it as TENANT/" + name + ".");
        }
        return new AppRef(mine.getFirst(), name);
    }

    /**
     * The apps the principal may see, of one tenant or of all, by name. Those who are only let in to some apps of a tenant see
     * these.
     */
    public List<AppFacts> list(Principal principal, Optional<TenantName> tenant) {
        List<App> found = authorizer.allowed(
                principal,
                Permission.APP_VIEW,
                apps.list(tenant.map(List::of).orElseGet(() -> tenants.visible(principal))),
                App::ref);
        if (found.isEmpty()) {
            tenant.ifPresent(name -> authorizer.require(principal, Permission.TENANT_VIEW, Subject.of(name)));
        }
        return found.isEmpty() ? List.of() : facts(found);
    }

    /** Creates an app that is empty until the first push. */
    public AppFacts create(Principal principal, AppRef ref) {
        App made = QuarkusTransaction.requiringNew().call(() -> {
            App app = apps.create(principal, ref);
            settings.create(app.id(), app.tenantId(), ref, app.createdAt());
            return app;
        });
        // The proxy is to say at once that the app has no release yet, rather than that there is no such host.
        wakeup.changed(made.id());
        return facts(made);
    }

    public AppFacts info(Principal principal, AppRef ref) {
        return info(door.enter(principal, Permission.APP_VIEW, ref));
    }

    /** Of an app that was entered already. */
    AppFacts info(AppSettings app) {
        return info(
                app,
                releases.numbers(app.liveRelease().map(ReleaseId::new).stream().toList()),
                domains.of(app.id()));
    }

    /**
     * Of an app that was entered already.
     *
     * @param numbers of releases, the live one among them
     * @param custom the custom domains
     */
    AppFacts info(AppSettings app, Map<ReleaseId, Integer> numbers, List<String> custom) {
        return facts(app, numbers, custom);
    }

    /**
     * Destroys an app with everything it has. What runs of it ends soon after.
     *
     * @param confirmation the app's name once more, so that nobody destroys by a slip
     */
    public void destroy(Principal principal, AppRef ref, String confirmation) {
        destroy(principal, ref, confirmation, Precondition.NONE);
    }

    /** As the other, if the app is what somebody has seen. */
    public void destroy(Principal principal, AppRef ref, String confirmation, Precondition precondition) {
        AppSettings app = door.enter(principal, Permission.APP_DESTROY, ref);
        if (!confirmation.equals(ref.app().value()) && !confirmation.equals(ref.toString())) {
            throw new NotPossibleException(
                    "app", ref.toString(), "To destroy " + ref + ", confirm with its name: " + ref.app() + ".");
        }
        removal.remove(principal, app, () -> precondition.check(apps.find(ref).map(this::facts)));
    }

    private AppFacts facts(App app) {
        return facts(List.of(app)).stream().findFirst().orElseThrow(() -> unknown(app.ref()));
    }

    /** Of many, with as few questions as of one. */
    private List<AppFacts> facts(List<App> all) {
        Map<AppId, AppSettings> settingsOf =
                settings.of(all.stream().map(App::id).toList());
        Map<ReleaseId, Integer> live = releases.numbers(settingsOf.values().stream()
                .flatMap(some -> some.liveRelease().stream())
                .map(ReleaseId::new)
                .toList());
        Map<AppId, List<String>> domainsOf = domains.of(settingsOf.keySet());
        return all.stream()
                .flatMap(app -> Optional.ofNullable(settingsOf.get(app.id())).stream()
                        .map(some -> facts(some, live, domainsOf.getOrDefault(app.id(), List.of()))))
                .toList();
    }

    private AppFacts facts(AppSettings found, Map<ReleaseId, Integer> numbers, List<String> domainsOfApp) {
        Optional<String> live = found.liveRelease()
                .flatMap(id -> Optional.ofNullable(numbers.get(new ReleaseId(id))))
                .map(number -> "v" + number);
        Map<String, Integer> formation = new TreeMap<>(found.formation());
        formation.putIfAbsent(AppSettings.WEB, found.wanted(AppSettings.WEB));
        return new AppFacts(
                found.ref().toString(),
                live.isEmpty() ? "new" : found.stopped() ? "stopped" : "live",
                address.of(domains.hostOf(found.ref())),
                live,
                found.deployBranch(),
                formation,
                domainsOfApp,
                found.createdAt());
    }

    private static UnknownNameException unknown(AppRef ref) {
        return new UnknownNameException("app", ref.toString(), Subject.of(ref).unknown());
    }
}
