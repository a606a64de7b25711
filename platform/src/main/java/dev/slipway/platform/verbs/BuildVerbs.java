package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.BuildCommands;
import dev.slipway.platform.command.BuildFacts;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.PageRequest;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code builds}, {@code builds:cancel}, {@code builds:output}. */
@ApplicationScoped
class BuildVerbs implements VerbGroup {
    private final AppCommands apps;
    private final BuildCommands builds;

    BuildVerbs(AppCommands apps, BuildCommands builds) {
        this.apps = apps;
        this.builds = builds;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Cancel::new, Output::new);
    }

    @Command(
            name = "builds",
            description = "List an app's builds, newest first.",
            footer = Verb.SSH + "builds -a acme/shop")
    private final class Listing extends ListVerb<BuildFacts> {
        Listing() {
            super(apps);
        }

        @Override
        Page<BuildFacts> page(Call call, AppRef ref, PageRequest request) {
            return builds.list(call.principal(), ref, request);
        }

        @Override
        Table table(Page<BuildFacts> page) {
            Table table = new Table("build", "state", "release", "commit", "branch", "subject", "created");
            page.items()
                    .forEach(build -> table.row(
                            build.number(),
                            build.state(),
                            build.release(),
                            build.commit()
                                    .substring(0, Math.min(7, build.commit().length())),
                            build.branch(),
                            build.subject(),
                            build.createdAt()));
            return table;
        }
    }

    private abstract class OfBuild extends AppVerb {
        @Parameters(paramLabel = "N", description = "The build's number.")
        int number;

        OfBuild() {
            super(apps);
        }
    }

    @Command(
            name = "builds:cancel",
            description = "Cancel a build that has not ended.",
            footer = Verb.SSH + "builds:cancel -a acme/shop 7")
    private final class Cancel extends OfBuild {
        @Override
        int run(Call call, AppRef ref) {
            BuildFacts build = builds.cancel(call.principal(), ref, number);
            if (json) {
                call.console().value(build);
            } else {
                call.console().line("Build " + number + " is being cancelled.");
            }
            return DONE;
        }
    }

    @Command(
            name = "builds:output",
            description = "Show what a build printed.",
            footer = Verb.SSH + "builds:output -a acme/shop -f 7")
    private final class Output extends OfBuild {
        @Option(
                names = {"-f", "--follow"},
                description = "Go on until it ends; the exit code is 1 when it failed.")
        boolean follow;

        @Override
        int run(Call call, AppRef ref) throws InterruptedException {
            if (!follow) {
                String text = builds.output(call.principal(), ref, number);
                if (json) {
                    call.console().value(Map.of("build", number, "output", text));
                } else {
                    call.console().text(text);
                }
                return DONE;
            }
            boolean well = builds.follow(call.principal(), ref, number).to(text -> {
                if (json) {
                    call.console().value(Map.of("text", text));
                } else {
                    call.console().text(text);
                }
                return true;
            });
            return well ? DONE : FAILED;
        }
    }
}
