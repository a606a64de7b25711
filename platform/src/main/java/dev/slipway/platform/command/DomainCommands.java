package dev.slipway.platform.command;

import dev.slipway.platform.app.AppDomains;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.UnknownNameException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hosts an app answers to. */
@ApplicationScoped
public class DomainCommands {
    private final AppDoor door;
    private final AppDomains domains;

    DomainCommands(AppDoor door, AppDomains domains) {
        this.door = door;
        this.domains = domains;
    }

    /**
     * One host of an app.
     *
     * @param given whether Slipway gave it by the app's name, so that it cannot be removed
     */
    public record DomainFacts(String domain, boolean given) {}

    /** The given host first, then the custom ones by name. */
    public List<DomainFacts> list(Principal principal, AppRef ref) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        List<DomainFacts> all = new ArrayList<>();
        all.add(new DomainFacts(domains.hostOf(ref), true));
        domains.of(app.id()).forEach(host -> all.add(new DomainFacts(host, false)));
        return all;
    }

    /**
     * Adds a custom domain; adding it twice is fine.
     *
     * @throws dev.slipway.platform.app.InvalidSettingException when it is no host name, or taken
     */
    public DomainFacts add(Principal principal, AppRef ref, String domain) {
        AppSettings app = door.enter(principal, Permission.APP_DOMAINS, ref);
        return door.change(app.id(), () -> {
            String host = domains.add(app.id(), domain);
            door.record(principal, "domain.add", ref, Map.of(AuditField.DOMAIN, host));
            return new DomainFacts(host, false);
        });
    }

    /** @throws UnknownNameException when the app does not have it */
    public void remove(Principal principal, AppRef ref, String domain) {
        AppSettings app = door.enter(principal, Permission.APP_DOMAINS, ref);
        door.change(app.id(), () -> {
            if (!domains.remove(app.id(), domain)) {
                throw new UnknownNameException("domain", domain, ref + " has no custom domain of that name.");
            }
            door.record(principal, "domain.remove", ref, Map.of(AuditField.DOMAIN, domain));
            return domain;
        });
    }
}
