package dev.slipway.web.build;

import dev.slipway.platform.command.BuildFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The builds of an app, newest first. */
@CheckedTemplate(basePath = "build", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record BuildsPage(AppHead head, List<BuildFacts> builds, Optional<String> next) implements TemplateInstance {}
