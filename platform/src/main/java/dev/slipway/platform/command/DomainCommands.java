package dev.slipway.platform.command;

import dev.slipway.platform.app.AppDomains;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.Amounts;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.ReservationKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The hosts an app answers to. */
@ApplicationScoped
public class DomainCommands {
    private final AppDoor door;
    private final AppDomains domains;
    private final QuotaLedger quota;

    DomainCommands(AppDoor door, AppDomains domains, QuotaLedger quota) {
        this.door = door;
        this.domains = domains;
        this.quota = quota;
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
        return facts(domains.hostOf(ref), domains.of(app.id()));
    }

    static List<DomainFacts> facts(String given, List<String> custom) {
        List<DomainFacts> all = new ArrayList<>();
        all.add(new DomainFacts(given, true));
        custom.forEach(host -> all.add(new DomainFacts(host, false)));
        return all;
    }

    /**
     * Adds a custom domain; adding it twice is fine.
     *
     * @throws dev.slipway.platform.app.InvalidSettingException when it is no host name, or taken
     * @throws dev.slipway.tenancy.quota.QuotaExceededException when the tenant has as many as it may
     */
    public DomainFacts add(Principal principal, AppRef ref, String domain) {
        AppSettings app = door.enter(principal, Permission.APP_DOMAINS, ref);
        return door.change(app.id(), () -> {
            String host = domains.add(app.id(), domain);
            quota.reserve(app.tenant(), app.id(), key(host), Amounts.of(QuotaResource.DOMAINS, 1))
                    .orThrow();
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
            quota.release(key(AppDomains.normal(domain)));
            door.record(principal, "domain.remove", ref, Map.of(AuditField.DOMAIN, domain));
            return domain;
        });
    }

    /** A host is one app's in the whole installation, so its name is its key. */
    static ReservationKey key(String host) {
        return new ReservationKey("domain", UUID.nameUUIDFromBytes(host.getBytes(StandardCharsets.UTF_8)));
    }
}
