package dev.slipway.platform.verbs;

import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.identity.TenantName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb about one tenant. */
abstract class TenantVerb extends Verb {
    @Option(
            names = {"-t", "--tenant"},
            paramLabel = "TENANT",
            description = "The tenant; those in one tenant need not say it.")
    @Nullable
    String tenant;

    private final TenantCommands tenants;

    TenantVerb(TenantCommands tenants) {
        this.tenants = tenants;
    }

    @Override
    final int run(Call call) throws InterruptedException {
        if (tenant != null) {
            return run(call, TenantName.parse(tenant));
        }
        List<TenantName> mine = tenants.visible(call.principal());
        if (mine.size() != 1) {
            throw new UsageException("Say which tenant: -t TENANT.");
        }
        return run(call, mine.getFirst());
    }

    abstract int run(Call call, TenantName name) throws InterruptedException;
}
