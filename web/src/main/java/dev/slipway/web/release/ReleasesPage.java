package dev.slipway.web.release;

import dev.slipway.platform.command.ReleaseFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The releases of an app, newest first. */
@CheckedTemplate(basePath = "release", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ReleasesPage(AppHead head, List<ReleaseFacts> releases, Optional<String> next) implements TemplateInstance {}
