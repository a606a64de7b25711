package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AccountCommands;
import dev.slipway.platform.command.AppCommands;
import java.util.List;

/** The catalogue with every group and nothing behind it: enough to parse and to explain. */
final class AllVerbs {
    private AllVerbs() {}

    static VerbCatalogue catalogue() {
        AppCommands apps = null;
        AccountCommands account = null;
        VerbCatalogue[] itself = new VerbCatalogue[1];
        itself[0] = new VerbCatalogue(List.of(
                new AppVerbs(apps),
                new ConfigVerbs(apps, null, null),
                new ProcessVerbs(apps, null, null),
                new LogVerbs(apps, null),
                new ReleaseVerbs(apps, null, null),
                new BuildVerbs(apps, null),
                new DeploymentVerbs(apps, null),
                new RunVerbs(apps, null, null),
                new DomainVerbs(apps, null),
                new KeyVerbs(account),
                new TokenVerbs(account),
                new TenantVerbs(null),
                new RoleVerbs(null, apps, null),
                new PeopleVerbs(null),
                new SourceVerbs(apps, null),
                new OverviewVerbs(null),
                new QuotaVerbs(null, apps, null),
                new AuditVerbs(null, null),
                new PlatformVerbs(null),
                new UsageVerbs(null, null, null),
                new WebhookVerbs(null, null, null),
                new RegistryVerbs(apps, null, null),
                new RegistryCareVerbs(apps, null),
                new SiteVerbs(null),
                new SiteJoiningVerbs(null, null),
                new DrillVerbs(null, null),
                new PlacementVerbs(apps, null),
                new AvailabilityVerbs(apps, null),
                new HelpVerbs(account, () -> itself[0])));
        return itself[0];
    }
}
