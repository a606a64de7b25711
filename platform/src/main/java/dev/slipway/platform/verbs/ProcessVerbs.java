package dev.slipway.platform.verbs;

import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.LimitChange;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.ProcessFacts;
import dev.slipway.platform.command.Rolling;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ps}, {@code ps:scale}, {@code ps:restart}, {@code ps:stop}, {@code ps:start}, {@code resources:limit}. */
@ApplicationScoped
class ProcessVerbs implements VerbGroup {
    private final AppCommands apps;
    private final ProcessCommands processes;
    private final DeploymentCommands deployments;

    ProcessVerbs(AppCommands apps, ProcessCommands processes, DeploymentCommands deployments) {
        this.apps = apps;
        this.processes = processes;
        this.deployments = deployments;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Scale::new, Restart::new, Stop::new, Start::new, Limit::new);
    }

    private static void show(Console console, List<ProcessFacts> all) {
        if (console.json()) {
            console.value(all);
            return;
        }
        Table types = new Table("process", "wanted", "limits", "command");
        Table instances = new Table("instance", "state", "release", "where", "since", "reason");
        for (ProcessFacts type : all) {
            String limits = new ProcessLimits(type.cpuMillis(), type.memoryBytes()).text();
            types.row(type.process(), type.wanted(), limits, type.command());
            type.instances()
                    .forEach(instance -> instances.row(
                            instance.name(),
                            instance.state(),
                            instance.release(),
                            instance.site() + "/" + instance.node(),
                            instance.since(),
                            instance.reason()));
        }
        console.table(types, "No process types yet: a push brings them.");
        if (!instances.lines().isEmpty()) {
            console.line("");
            console.table(instances, "");
        }
    }

    @Command(name = "ps", description = "Show what runs of an app.", footer = Verb.SSH + "ps -a acme/shop")
    private final class Listing extends AppVerb {
        Listing() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            show(call.console(), processes.list(call.principal(), ref));
            return DONE;
        }
    }

    @Command(
            name = "ps:scale",
            description = "Change how many instances of a process type run.",
            footer = Verb.SSH + "ps:scale -a acme/shop web=3 worker=1")
    private final class Scale extends AppVerb {
        @Parameters(paramLabel = "TYPE=COUNT", arity = "1..*", description = "Process types and counts.")
        List<String> pairs;

        Scale() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (String pair : pairs) {
                String[] parts = pair.split("=", 2);
                if (parts.length != 2) {
                    throw new UsageException("Write TYPE=COUNT, for example web=3.");
                }
                counts.put(parts[0], Amount.count(parts[1]));
            }
            show(call.console(), processes.scale(call.principal(), ref, counts));
            return DONE;
        }
    }

    @Command(
            name = "ps:restart",
            description = "Replace all instances of an app without a gap.",
            footer = Verb.SSH + "ps:restart -a acme/shop")
    private final class Restart extends RollingVerb {
        Restart() {
            super(apps, deployments);
        }

        @Override
        int run(Call call, AppRef ref) throws InterruptedException {
            return follow(call, ref, processes.restart(call.principal(), ref));
        }
    }

    @Command(
            name = "ps:stop",
            description = "Stop an app; its formation is kept.",
            footer = Verb.SSH + "ps:stop -a acme/shop")
    private final class Stop extends AppVerb {
        Stop() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            processes.stop(call.principal(), ref);
            say(call, ref + " is stopping; ps:start lets it run again.");
            return DONE;
        }
    }

    @Command(
            name = "ps:start",
            description = "Let a stopped app run again.",
            footer = Verb.SSH + "ps:start -a acme/shop")
    private final class Start extends AppVerb {
        Start() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            processes.start(call.principal(), ref);
            say(call, ref + " is starting; ps shows how far it is.");
            return DONE;
        }
    }

    private void say(Verb.Call call, String sentence) {
        if (call.console().json()) {
            call.console().value(Map.of("message", sentence));
        } else {
            call.console().line(sentence);
        }
    }

    @Command(
            name = "resources:limit",
            description = "Change what each instance of a process type may use.",
            footer = Verb.SSH + "resources:limit -a acme/shop --memory 512M --cpu 0.5 web")
    private final class Limit extends RollingVerb {
        @Option(names = "--memory", paramLabel = "SIZE", description = "Memory, for example 512M.")
        @Nullable
        String memory;

        @Option(names = "--cpu", paramLabel = "CORES", description = "Processor, for example 0.5.")
        @Nullable
        String cpu;

        @Parameters(paramLabel = "TYPE", arity = "1..*", description = "Process types.")
        List<String> types;

        Limit() {
            super(apps, deployments);
        }

        @Override
        int run(Call call, AppRef ref) throws InterruptedException {
            if (memory == null && cpu == null) {
                throw new UsageException("Say --memory, --cpu or both.");
            }
            LimitChange change = new LimitChange(
                    Optional.ofNullable(cpu).map(Amount::cpuMillis),
                    Optional.ofNullable(memory).map(Amount::bytes));
            Map<String, LimitChange> changes = new LinkedHashMap<>();
            types.forEach(type -> changes.put(type, change));
            Optional<Rolling> rolling = processes.limit(call.principal(), ref, changes);
            if (rolling.isPresent()) {
                return follow(call, ref, rolling.get());
            }
            say(call, "The limits hold from the next start on.");
            return DONE;
        }
    }
}
