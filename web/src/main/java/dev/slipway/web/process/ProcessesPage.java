package dev.slipway.web.process;

import dev.slipway.platform.command.ProcessFacts;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** What runs of an app. */
@CheckedTemplate(basePath = "process", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ProcessesPage(AppHead head, List<ProcessFacts> processes) implements TemplateInstance {}
