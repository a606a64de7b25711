package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.SourceCommands;
import dev.slipway.platform.command.SourceCommands.NewSource;
import dev.slipway.platform.command.SourceCommands.SourceFacts;
import dev.slipway.platform.command.SourceCommands.Wanted;
import dev.slipway.platform.source.CodeHost;
import dev.slipway.platform.source.SourceAddress;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The repository elsewhere that an app is built from. */
@ApplicationScoped
class SourceVerbs implements VerbGroup {
    private final AppCommands apps;
    private final SourceCommands sources;

    SourceVerbs(AppCommands apps, SourceCommands sources) {
        this.apps = apps;
        this.sources = sources;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Show::new, Set::new, Remove::new);
    }

    @Command(
            name = "source",
            description = "Show where an app is built from, and the pushes its code host told of.",
            footer = Verb.SSH + "source -a acme/shop")
    private final class Show extends AppVerb {
        Show() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            SourceFacts source = sources.show(call.principal(), ref);
            if (json) {
                call.console().value(source);
                return DONE;
            }
            call.console().line(source.host() + "  " + source.url() + "  " + source.branch() + "  " + source.hook());
            Table table = new Table("told", "commit", "state", "reason");
            source.pulls()
                    .forEach(pull -> table.row(
                            pull.toldAt(),
                            pull.commit(),
                            pull.state(),
                            pull.reason().orElse("")));
            call.console().table(table, "It has not told of a push yet.");
            return DONE;
        }
    }

    @Command(
            name = "source:set",
            description = "Build an app from a repository whose code host (github, gitlab, gitea) tells of pushes.",
            footer = Verb.SSH + "source:set -a acme/shop gitea https://git.example/s")
    private final class Set extends AppVerb {
        @Parameters(index = "0", paramLabel = "HOST", description = "github, gitlab or gitea.")
        String host;

        @Parameters(index = "1", paramLabel = "URL", description = "The repository, by HTTPS.")
        String url;

        @Option(names = "--branch", paramLabel = "BRANCH", description = "Whose pushes are deployed (main).")
        String branch = "main";

        @Option(names = "--user", paramLabel = "USER", description = "With which to fetch.")
        Optional<String> user = Optional.empty();

        @Option(names = "--password", paramLabel = "TOKEN", description = "With which to fetch.")
        Optional<String> password = Optional.empty();

        Set() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            NewSource made = sources.set(
                    call.principal(),
                    ref,
                    new Wanted(
                            CodeHost.parse(host),
                            SourceAddress.parse(url),
                            SourceAddress.branch(branch),
                            user,
                            password));
            if (json) {
                call.console().value(made);
                return DONE;
            }
            call.console().line("Let " + host + " tell of pushes (JSON) at this installation's address with the path");
            call.console().line("  " + made.facts().hook());
            call.console().line("and the secret, which is shown this once:");
            call.console().line("  " + made.secret());
            return DONE;
        }
    }

    @Command(
            name = "source:remove",
            description = "Build an app from what is pushed here alone.",
            footer = Verb.SSH + "source:remove -a acme/shop")
    private final class Remove extends AppVerb {
        Remove() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            sources.remove(call.principal(), ref);
            if (json) {
                call.console().value(Map.of("app", ref.toString()));
            } else {
                call.console().line(ref + " is built from what is pushed here.");
            }
            return DONE;
        }
    }
}
