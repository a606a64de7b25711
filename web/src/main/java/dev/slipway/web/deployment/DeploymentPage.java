package dev.slipway.web.deployment;

import dev.slipway.platform.command.DeploymentFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * One deployment with its output so far.
 *
 * @param open whether it has not ended
 */
@CheckedTemplate(basePath = "deployment", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record DeploymentPage(AppHead head, DeploymentFacts deployment, String output, boolean open)
        implements TemplateInstance {
    static DeploymentPage of(AppHead head, DeploymentFacts deployment, String output) {
        return new DeploymentPage(
                head, deployment, output, deployment.finishedAt().isEmpty());
    }
}
