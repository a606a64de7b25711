package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.RoleCommands;
import dev.slipway.platform.command.RoleCommands.GrantFacts;
import dev.slipway.platform.command.RoleCommands.RoleFacts;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Roles of a tenant's own, and roles on single apps. */
@ApplicationScoped
class RoleVerbs implements VerbGroup {
    private final TenantCommands tenants;
    private final AppCommands apps;
    private final RoleCommands roles;

    RoleVerbs(TenantCommands tenants, AppCommands apps, RoleCommands roles) {
        this.tenants = tenants;
        this.apps = apps;
        this.roles = roles;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Roles::new, Define::new, Remove::new, Grants::new, Give::new, Take::new);
    }

    @Command(
            name = "roles",
            description = "Show the roles there are in a tenant, with what each may do.",
            footer = Verb.SSH + "roles -t acme")
    private final class Roles extends TenantVerb {
        Roles() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            List<RoleFacts> all = roles.roles(call.principal(), name);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("role", "of", "permissions");
            all.forEach(role ->
                    table.row(role.name(), role.own() ? name : "every tenant", String.join(" ", role.permissions())));
            call.console().table(table, "No roles.");
            return DONE;
        }
    }

    @Command(
            name = "roles:define",
            description = "Define a role of the tenant's own, or change it for all who hold it (owners).",
            footer = Verb.SSH + "roles:define -t acme auditor app-view app-logs tenant-audit")
    private final class Define extends TenantVerb {
        @Parameters(index = "0", paramLabel = "ROLE", description = "Its name.")
        String role;

        @Parameters(index = "1..*", paramLabel = "PERMISSION", arity = "1..*", description = "All it may do.")
        List<String> permissions;

        Define() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            roles.define(
                    call.principal(),
                    name,
                    role,
                    permissions.stream().map(Permission::parse).toList());
            call.console().line("The role " + role + " of " + name + " is defined.");
            return DONE;
        }
    }

    @Command(
            name = "roles:remove",
            description = "Remove a role of the tenant's own that nobody holds (owners).",
            footer = Verb.SSH + "roles:remove -t acme auditor")
    private final class Remove extends TenantVerb {
        @Parameters(paramLabel = "ROLE", description = "Its name.")
        String role;

        Remove() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            roles.remove(call.principal(), name, role);
            call.console().line("There is no role " + role + " in " + name + " any more.");
            return DONE;
        }
    }

    @Command(
            name = "grants",
            description = "Show who holds a role beside a membership, in the tenant or on one app.",
            footer = Verb.SSH + "grants -t acme")
    private final class Grants extends TenantVerb {
        Grants() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            List<GrantFacts> all = roles.grants(call.principal(), name);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("person", "role", "on", "since");
            all.forEach(grant -> table.row(
                    grant.person(),
                    grant.role(),
                    grant.app().map(app -> name + "/" + app).orElse(name.value()),
                    grant.since()));
            call.console().table(table, "Nobody holds a role beside a membership: grants:give gives one.");
            return DONE;
        }
    }

    /** About a person in a tenant or on one of its apps. */
    private abstract class GrantVerb extends Verb {
        @Option(
                names = {"-t", "--tenant"},
                paramLabel = "TENANT",
                description = "The tenant, for a role in all of it.")
        @Nullable
        String tenant;

        @Option(
                names = {"-a", "--app"},
                paramLabel = "TENANT/APP",
                description = "The app, for a role on it alone.")
        @Nullable
        String app;

        @Parameters(index = "0", paramLabel = "PERSON", description = "The person's name.")
        String person;

        @Override
        final int run(Call call) {
            if ((tenant == null) == (app == null)) {
                throw new UsageException("Say either the tenant (-t TENANT) or one app (-a TENANT/APP).");
            }
            PersonName who = PersonName.parse(person);
            if (app != null) {
                onApp(call, apps.resolve(call.principal(), app), who);
            } else if (tenant != null) {
                inTenant(call, TenantName.parse(tenant), who);
            }
            if (json) {
                call.console().value(Map.of("person", person));
            } else {
                call.console().line(said());
            }
            return DONE;
        }

        abstract void onApp(Call call, AppRef ref, PersonName who);

        abstract void inTenant(Call call, TenantName name, PersonName who);

        abstract String said();
    }

    @Command(
            name = "grants:give",
            description = "Let a person in to one app, or give a role of the tenant's own in all of it (owners).",
            footer = Verb.SSH + "grants:give -a acme/shop ada developer")
    private final class Give extends GrantVerb {
        @Parameters(
                index = "1",
                paramLabel = "ROLE",
                description = "A role of the tenant's own; on an app also developer or viewer.")
        String role;

        @Override
        void onApp(Call call, AppRef ref, PersonName who) {
            roles.give(call.principal(), ref, who, role);
        }

        @Override
        void inTenant(Call call, TenantName name, PersonName who) {
            roles.give(call.principal(), name, who, role);
        }

        @Override
        String said() {
            return person + " is " + role + " of " + (app == null ? tenant : app) + ".";
        }
    }

    @Command(
            name = "grants:take",
            description = "Take the role that was given beside a membership (owners).",
            footer = Verb.SSH + "grants:take -a acme/shop ada")
    private final class Take extends GrantVerb {
        @Override
        void onApp(Call call, AppRef ref, PersonName who) {
            roles.take(call.principal(), ref, who);
        }

        @Override
        void inTenant(Call call, TenantName name, PersonName who) {
            roles.take(call.principal(), name, who);
        }

        @Override
        String said() {
            return person + " holds no role of " + (app == null ? tenant : app) + " beside a membership.";
        }
    }
}
