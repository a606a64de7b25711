package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.Rolling;
import dev.slipway.tenancy.identity.AppRef;
import picocli.CommandLine.Option;

/** A verb that begins a deployment and, unless told otherwise, shows it to its end. */
abstract class RollingVerb extends AppVerb {
    @Option(names = "--detach", description = "Return at once; the deployment goes on.")
    boolean detach;

    private final DeploymentCommands deployments;

    RollingVerb(AppCommands apps, DeploymentCommands deployments) {
        super(apps);
        this.deployments = deployments;
    }

    /** Shows the deployment; its exit code is 1 when the release did not become live. */
    final int follow(Call call, AppRef ref, Rolling rolling) throws InterruptedException {
        Console console = call.console();
        if (detach) {
            if (json) {
                console.value(rolling);
            } else {
                console.line(rolling.release() + " is on its way as deployment " + rolling.deployment() + ".");
            }
            return DONE;
        }
        boolean live = deployments
                .follow(call.principal(), ref, rolling.deployment())
                .to(text -> {
                    if (!json) {
                        console.text(text);
                    }
                    return true;
                });
        if (json) {
            console.value(deployments.info(call.principal(), ref, rolling.deployment()));
        }
        return live ? DONE : FAILED;
    }
}
