package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.ConfigChanged;
import dev.slipway.platform.command.ConfigCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code config}, {@code config:set}, {@code config:unset}. */
@ApplicationScoped
class ConfigVerbs implements VerbGroup {
    private final AppCommands apps;
    private final ConfigCommands config;
    private final DeploymentCommands deployments;

    ConfigVerbs(AppCommands apps, ConfigCommands config, DeploymentCommands deployments) {
        this.apps = apps;
        this.config = config;
        this.deployments = deployments;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Show::new, Set::new, Unset::new);
    }

    @Command(
            name = "config",
            description = "Show an app's config with its values.",
            footer = Verb.SSH + "config -a acme/shop")
    private final class Show extends AppVerb {
        Show() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            SortedMap<String, String> all = config.show(call.principal(), ref);
            if (json) {
                call.console().value(all);
            } else if (all.isEmpty()) {
                call.console().line("No config yet: config:set sets some.");
            } else {
                all.forEach((name, value) -> call.console().line(name + "=" + value));
            }
            return DONE;
        }
    }

    private abstract class Change extends RollingVerb {
        Change() {
            super(apps, deployments);
        }

        final int change(Call call, AppRef ref, Map<String, Optional<String>> wanted) throws InterruptedException {
            ConfigChanged changed = config.change(call.principal(), ref, wanted);
            if (!json) {
                changed.set().forEach(name -> call.console().line("Set " + name));
                changed.unset().forEach(name -> call.console().line("Unset " + name));
            }
            if (changed.rolling().isPresent()) {
                return follow(call, ref, changed.rolling().get());
            }
            if (json) {
                call.console().value(changed);
            } else if (changed.set().isEmpty() && changed.unset().isEmpty()) {
                call.console().line("Nothing to change.");
            }
            return DONE;
        }
    }

    @Command(
            name = "config:set",
            description = "Set config variables and deploy with them.",
            footer = Verb.SSH + "config:set -a acme/shop GREETING=hello LOG_LEVEL=info")
    private final class Set extends Change {
        @Parameters(paramLabel = "NAME=VALUE", arity = "1..*", description = "What to set.")
        List<String> pairs;

        @Override
        int run(Call call, AppRef ref) throws InterruptedException {
            Map<String, Optional<String>> wanted = new LinkedHashMap<>();
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    // The word may be a secret whose name was forgotten: it is not repeated.
                    throw new UsageException("Write each variable as NAME=VALUE; one has no name or no \"=\".");
                }
                wanted.put(pair.substring(0, equals), Optional.of(pair.substring(equals + 1)));
            }
            return change(call, ref, wanted);
        }
    }

    @Command(
            name = "config:unset",
            description = "Remove config variables and deploy without them.",
            footer = Verb.SSH + "config:unset -a acme/shop GREETING")
    private final class Unset extends Change {
        @Parameters(paramLabel = "NAME", arity = "1..*", description = "What to remove.")
        List<String> names;

        @Override
        int run(Call call, AppRef ref) throws InterruptedException {
            Map<String, Optional<String>> wanted = new LinkedHashMap<>();
            names.forEach(name -> wanted.put(name, Optional.empty()));
            return change(call, ref, wanted);
        }
    }
}
