package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.PageRequest;
import dev.slipway.platform.command.ReleaseCommands;
import dev.slipway.platform.command.ReleaseFacts;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code releases}, {@code releases:info}, {@code rollback}. */
@ApplicationScoped
class ReleaseVerbs implements VerbGroup {
    private final AppCommands apps;
    private final ReleaseCommands releases;
    private final DeploymentCommands deployments;

    ReleaseVerbs(AppCommands apps, ReleaseCommands releases, DeploymentCommands deployments) {
        this.apps = apps;
        this.releases = releases;
        this.deployments = deployments;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Info::new, Rollback::new);
    }

    /** {@code v12}, or {@code 12}. */
    static int number(String text) {
        if (!text.matches("v?[0-9]{1,9}")) {
            throw new UsageException("Write a release as v12.");
        }
        return Integer.parseInt(text.startsWith("v") ? text.substring(1) : text);
    }

    @Command(
            name = "releases",
            description = "List an app's releases, newest first.",
            footer = Verb.SSH + "releases -a acme/shop -n 5")
    private final class Listing extends ListVerb<ReleaseFacts> {
        Listing() {
            super(apps);
        }

        @Override
        Page<ReleaseFacts> page(Call call, AppRef ref, PageRequest request) {
            return releases.list(call.principal(), ref, request);
        }

        @Override
        Table table(Page<ReleaseFacts> page) {
            Table table = new Table("release", "live", "description", "by", "created");
            page.items()
                    .forEach(release -> table.row(
                            release.release(),
                            release.live() ? "live" : "",
                            release.description(),
                            release.createdBy(),
                            release.createdAt()));
            return table;
        }
    }

    @Command(
            name = "releases:info",
            description = "Show one release.",
            footer = Verb.SSH + "releases:info -a acme/shop v12")
    private final class Info extends AppVerb {
        @Parameters(paramLabel = "RELEASE", description = "For example v12.")
        String release;

        Info() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            ReleaseFacts facts = releases.info(call.principal(), ref, number(release));
            if (json) {
                call.console().value(facts);
                return DONE;
            }
            Table table = new Table("release", facts.release() + (facts.live() ? " (live)" : ""))
                    .row("description", facts.description())
                    .row("commit", facts.commit())
                    .row("image", facts.image())
                    .row("processes", facts.processes())
                    .row("config", facts.configNames())
                    .row("by", facts.createdBy())
                    .row("created", facts.createdAt());
            call.console().table(table, "");
            return DONE;
        }
    }

    @Command(
            name = "rollback",
            description = "Make an earlier release live again, as a new one.",
            footer = Verb.SSH + "rollback -a acme/shop v11")
    private final class Rollback extends RollingVerb {
        @Parameters(
                paramLabel = "RELEASE",
                arity = "0..1",
                description = "For example v11; the one that was live before if not said.")
        @Nullable
        String release;

        Rollback() {
            super(apps, deployments);
        }

        @Override
        int run(Call call, AppRef ref) throws InterruptedException {
            Optional<Integer> wanted = Optional.ofNullable(release).map(ReleaseVerbs::number);
            return follow(call, ref, releases.rollback(call.principal(), ref, wanted));
        }
    }
}
