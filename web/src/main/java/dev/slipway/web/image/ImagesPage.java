package dev.slipway.web.image;

import dev.slipway.platform.command.RegistryCommands.ImageFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The images of an app, newest first. */
@CheckedTemplate(basePath = "image", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ImagesPage(AppHead head, List<ImageFacts> images) implements TemplateInstance {}
