package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.AppFacts;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apps}, {@code apps:create}, {@code apps:destroy}, {@code apps:info}. */
@ApplicationScoped
class AppVerbs implements VerbGroup {
    private final AppCommands apps;

    AppVerbs(AppCommands apps) {
        this.apps = apps;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Create::new, Destroy::new, Info::new);
    }

    @Command(name = "apps", description = "List the apps you may see.", footer = Verb.SSH + "apps -t acme")
    private final class Listing extends Verb {
        @Option(
                names = {"-t", "--tenant"},
                paramLabel = "TENANT",
                description = "Only this tenant's.")
        @Nullable
        String tenant;

        @Override
        int run(Call call) {
            List<AppFacts> found =
                    apps.list(call.principal(), Optional.ofNullable(tenant).map(TenantName::parse));
            if (json) {
                call.console().value(found);
                return DONE;
            }
            Table table = new Table("app", "state", "release", "url");
            found.forEach(app -> table.row(app.app(), app.state(), app.release(), app.url()));
            call.console().table(table, "No apps yet: apps:create makes one.");
            return DONE;
        }
    }

    @Command(name = "apps:create", description = "Create an app.", footer = Verb.SSH + "apps:create acme/shop")
    private final class Create extends Verb {
        @Parameters(paramLabel = "NAME", description = "TENANT/APP, or APP for those in one tenant.")
        String name;

        @Override
        int run(Call call) {
            AppFacts made = apps.create(call.principal(), apps.resolve(call.principal(), name));
            if (json) {
                call.console().value(made);
                return DONE;
            }
            call.console().line("Created " + made.app() + ". Push to it, and it will answer at " + made.url());
            return DONE;
        }
    }

    @Command(
            name = "apps:destroy",
            description = "Destroy an app with everything it has.",
            footer = Verb.SSH + "apps:destroy -a acme/shop --confirm shop")
    private final class Destroy extends AppVerb {
        @Option(names = "--confirm", paramLabel = "NAME", description = "The app's name once more.")
        @Nullable
        String confirm;

        Destroy() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            apps.destroy(call.principal(), ref, Optional.ofNullable(confirm).orElse(""));
            if (json) {
                call.console().value(Map.of("destroyed", ref.toString()));
            } else {
                call.console().line("Destroyed " + ref + ".");
            }
            return DONE;
        }
    }

    @Command(name = "apps:info", description = "Show an app.", footer = Verb.SSH + "apps:info -a acme/shop")
    private final class Info extends AppVerb {
        Info() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            AppFacts app = apps.info(call.principal(), ref);
            if (json) {
                call.console().value(app);
                return DONE;
            }
            String formation = app.formation().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(" "));
            Table table = new Table("app", app.app())
                    .row("state", app.state())
                    .row("url", app.url())
                    .row("release", app.release())
                    .row("deploy branch", app.deployBranch())
                    .row("formation", formation)
                    .row("domains", app.domains())
                    .row("created", app.createdAt());
            call.console().table(table, "");
            return DONE;
        }
    }
}
