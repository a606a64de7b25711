package dev.slipway.web.build;

import dev.slipway.platform.command.BuildFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * One build with its output so far.
 *
 * @param cancellable whether the build itself has not ended
 */
@CheckedTemplate(basePath = "build", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record BuildPage(AppHead head, BuildFacts build, String output, boolean cancellable) implements TemplateInstance {
    static BuildPage of(AppHead head, BuildFacts build, String output) {
        return new BuildPage(
                head,
                build,
                output,
                build.state().equals("queued") || build.state().equals("running"));
    }
}
