package dev.slipway.platform.verbs;

import dev.slipway.platform.command.PlatformCommands;
import dev.slipway.tenancy.quota.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code platform:…}: what operators look at. */
@ApplicationScoped
class PlatformVerbs implements VerbGroup {
    private final PlatformCommands platform;

    PlatformVerbs(PlatformCommands platform) {
        this.platform = platform;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Tenants::new, Builds::new, Health::new);
    }

    @Command(
            name = "platform:tenants",
            description = "Show all tenants with their plans and what they hold (operators).",
            footer = Verb.SSH + "platform:tenants")
    private final class Tenants extends Verb {
        @Override
        int run(Call call) {
            var all = platform.tenants(call.principal());
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("tenant", "plan", "apps", "members", "cpu", "memory");
            all.forEach(tenant -> table.row(
                    tenant.tenant(),
                    tenant.plan().orElse("default"),
                    tenant.apps(),
                    tenant.members(),
                    of(Unit.MILLICORES, tenant.cpuUsed(), tenant.cpuLimit()),
                    of(Unit.BYTES, tenant.memoryUsed(), tenant.memoryLimit())));
            call.console().table(table, "None yet.");
            return DONE;
        }

        private String of(Unit unit, long used, long limit) {
            return unit.tell(used) + " of " + unit.tell(limit);
        }
    }

    @Command(
            name = "platform:builds",
            description = "Show the builds of all apps that have not ended (operators).",
            footer = Verb.SSH + "platform:builds")
    private final class Builds extends Verb {
        @Override
        int run(Call call) {
            var all = platform.builds(call.principal());
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("app", "build", "state", "since", "branch", "asked by");
            all.forEach(build -> table.row(
                    build.app(), build.number(), build.state(), build.since(), build.branch(), build.requestedBy()));
            call.console().table(table, "Nothing is built or waits.");
            return DONE;
        }
    }

    @Command(
            name = "platform:health",
            description = "Show what the platform needs, and how that is (operators).",
            footer = Verb.SSH + "platform:health")
    private final class Health extends Verb {
        @Override
        int run(Call call) {
            var all = platform.health(call.principal());
            if (json) {
                call.console().value(all);
            } else {
                Table table = new Table("what", "is", "says");
                all.forEach(each -> table.row(
                        each.name(),
                        each.up() ? "up" : "down",
                        each.data().entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(" "))));
                call.console().table(table, "Nothing is looked at.");
            }
            return all.stream().allMatch(PlatformCommands.HealthFacts::up) ? DONE : FAILED;
        }
    }
}
