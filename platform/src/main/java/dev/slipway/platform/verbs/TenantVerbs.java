package dev.slipway.platform.verbs;

import dev.slipway.platform.command.TenantCommands;
import dev.slipway.platform.command.TenantCommands.MemberFacts;
import dev.slipway.platform.command.TenantCommands.TenantFacts;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tenants}, {@code tenants:create}, {@code members}, {@code members:add}, {@code members:remove}. */
@ApplicationScoped
class TenantVerbs implements VerbGroup {
    private final TenantCommands tenants;

    TenantVerbs(TenantCommands tenants) {
        this.tenants = tenants;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Create::new, Members::new, Add::new, Remove::new);
    }

    @Command(name = "tenants", description = "List the tenants you may see.", footer = Verb.SSH + "tenants")
    private final class Listing extends Verb {
        @Override
        int run(Call call) {
            List<TenantFacts> all = tenants.list(call.principal());
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("tenant", "created");
            all.forEach(tenant -> table.row(tenant.tenant(), tenant.createdAt()));
            call.console().table(table, "You are in no tenant yet.");
            return DONE;
        }
    }

    @Command(
            name = "tenants:create",
            description = "Create a tenant (operators).",
            footer = Verb.SSH + "tenants:create acme")
    private final class Create extends Verb {
        @Parameters(paramLabel = "NAME", description = "The tenant's name.")
        String name;

        @Override
        int run(Call call) {
            TenantFacts made = tenants.create(call.principal(), TenantName.parse(name));
            if (json) {
                call.console().value(made);
            } else {
                call.console().line("Created " + made.tenant() + ".");
            }
            return DONE;
        }
    }

    @Command(name = "members", description = "List who is in a tenant.", footer = Verb.SSH + "members -t acme")
    private final class Members extends TenantVerb {
        Members() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            List<MemberFacts> all = tenants.members(call.principal(), name);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("person", "role", "since", "state");
            all.forEach(member ->
                    table.row(member.name(), member.role(), member.since(), member.disabled() ? "disabled" : "active"));
            call.console().table(table, "Nobody is in " + name + " yet.");
            return DONE;
        }
    }

    @Command(
            name = "members:add",
            description = "Make a person a member, or give a member another role.",
            footer = Verb.SSH + "members:add -t acme ada developer")
    private final class Add extends TenantVerb {
        @Parameters(index = "0", paramLabel = "PERSON", description = "The person's name.")
        String person;

        @Parameters(index = "1", paramLabel = "ROLE", description = "owner, developer or viewer.")
        String role;

        Add() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            Role parsed = Role.parse(role);
            tenants.addMember(call.principal(), name, PersonName.parse(person), parsed);
            if (json) {
                call.console().value(Map.of("name", person, "role", parsed.text()));
            } else {
                call.console().line(person + " is " + parsed.text() + " of " + name + ".");
            }
            return DONE;
        }
    }

    @Command(
            name = "members:remove",
            description = "End a person's membership.",
            footer = Verb.SSH + "members:remove -t acme ada")
    private final class Remove extends TenantVerb {
        @Parameters(paramLabel = "PERSON", description = "The person's name.")
        String person;

        Remove() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            tenants.removeMember(call.principal(), name, PersonName.parse(person));
            if (json) {
                call.console().value(Map.of("removed", person));
            } else {
                call.console().line(person + " is no member of " + name + ".");
            }
            return DONE;
        }
    }
}
