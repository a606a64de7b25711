package dev.slipway.tenancy.trial;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.tenant.Account;
import dev.slipway.tenancy.tenant.Accounts;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes people, tenants and apps with names no other test has. */
@ApplicationScoped
public class World {
    public static final Principal PLATFORM = new Principal.PlatformProcess("test");
    public static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Tenants tenants;
    private final Accounts accounts;
    private final Apps apps;

    World(Tenants tenants, Accounts accounts, Apps apps) {
        this.tenants = tenants;
        this.accounts = accounts;
        this.apps = apps;
    }

    public Tenant tenant() {
        return tenants.create(PLATFORM, TenantName.of("t" + NUMBER.incrementAndGet()));
    }

    public Account account() {
        return accounts.create(PLATFORM, personName(), Optional.of(PASSWORD), false);
    }

    public Principal.Person person() {
        return account().principal();
    }

    public Principal.Person operator() {
        return accounts.create(PLATFORM, personName(), Optional.of(PASSWORD), true)
                .principal();
    }

    public Principal.Person member(Tenant tenant, Role role) {
        Account account = account();
        tenants.addMember(PLATFORM, tenant.name(), account.name(), role);
        return account.principal();
    }

    public App app(Tenant tenant) {
        return apps.create(PLATFORM, AppRef.of(tenant.name() + "/a" + NUMBER.incrementAndGet()));
    }

    private static PersonName personName() {
        return PersonName.parse("p" + NUMBER.incrementAndGet());
    }
}
