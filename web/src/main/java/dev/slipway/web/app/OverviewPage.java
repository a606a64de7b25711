package dev.slipway.web.app;

import dev.slipway.platform.command.BuildFacts;
import dev.slipway.platform.command.DeploymentFacts;
import dev.slipway.platform.command.DomainCommands.DomainFacts;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * How an app is.
 *
 * @param gitSsh where to push over ssh
 * @param gitHttp where to push over HTTP
 */
@CheckedTemplate(basePath = "app", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record OverviewPage(
        AppHead head,
        List<SiteGroup> sites,
        List<DomainFacts> domains,
        List<BuildFacts> builds,
        List<DeploymentFacts> deployments,
        String gitSsh,
        String gitHttp)
        implements TemplateInstance {}
