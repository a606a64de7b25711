package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.tenancy.identity.AppRef;
import picocli.CommandLine.Option;

/** A verb about one app. */
abstract class AppVerb extends Verb {
    @Option(
            names = {"-a", "--app"},
            paramLabel = "TENANT/APP",
            required = true,
            description = "The app; APP alone will do for those in one tenant.")
    String app;

    private final AppCommands apps;

    AppVerb(AppCommands apps) {
        this.apps = apps;
    }

    @Override
    final int run(Call call) throws InterruptedException {
        return run(call, apps.resolve(call.principal(), app));
    }

    abstract int run(Call call, AppRef ref) throws InterruptedException;
}
