package dev.slipway.web.tenant;

import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The form for a new app. */
@CheckedTemplate(basePath = "tenant", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record NewAppPage(Frame frame, String tenant) implements TemplateInstance {}
