package dev.slipway.web.deployment;

import dev.slipway.platform.command.DeploymentFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The deployments of an app, newest first. */
@CheckedTemplate(basePath = "deployment", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record DeploymentsPage(AppHead head, List<DeploymentFacts> deployments, Optional<String> next)
        implements TemplateInstance {}
