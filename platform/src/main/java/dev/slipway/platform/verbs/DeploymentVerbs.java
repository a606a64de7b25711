package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.DeploymentFacts;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.PageRequest;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code deployments}, {@code deployments:cancel}. */
@ApplicationScoped
class DeploymentVerbs implements VerbGroup {
    private final AppCommands apps;
    private final DeploymentCommands deployments;

    DeploymentVerbs(AppCommands apps, DeploymentCommands deployments) {
        this.apps = apps;
        this.deployments = deployments;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Cancel::new);
    }

    @Command(
            name = "deployments",
            description = "List an app's deployments, newest first.",
            footer = Verb.SSH + "deployments -a acme/shop")
    private final class Listing extends ListVerb<DeploymentFacts> {
        Listing() {
            super(apps);
        }

        @Override
        Page<DeploymentFacts> page(Call call, AppRef ref, PageRequest request) {
            return deployments.list(call.principal(), ref, request);
        }

        @Override
        Table table(Page<DeploymentFacts> page) {
            Table table = new Table("deployment", "state", "release", "by", "created", "reason");
            page.items()
                    .forEach(deployment -> table.row(
                            deployment.number(),
                            deployment.state(),
                            deployment.release(),
                            deployment.requestedBy(),
                            deployment.createdAt(),
                            deployment.reason()));
            return table;
        }
    }

    @Command(
            name = "deployments:cancel",
            description = "Cancel a deployment; the earlier release goes on serving, or comes back.",
            footer = Verb.SSH + "deployments:cancel -a acme/shop 9")
    private final class Cancel extends AppVerb {
        @Parameters(paramLabel = "N", description = "The deployment's number.")
        int number;

        Cancel() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            DeploymentFacts deployment = deployments.cancel(call.principal(), ref, number);
            if (json) {
                call.console().value(deployment);
            } else {
                call.console().line("Deployment " + number + " is being cancelled.");
            }
            return DONE;
        }
    }
}
