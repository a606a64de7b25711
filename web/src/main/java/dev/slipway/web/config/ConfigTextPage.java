package dev.slipway.web.config;

import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The whole config as a text to change.
 *
 * @param seen the mark of the config that the text was made from
 * @param trouble why it is shown again; empty at first
 * @param differing when somebody else changed the config: by which variables the text differs from what it is now
 */
@CheckedTemplate(basePath = "config", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ConfigTextPage(AppHead head, String text, String seen, String trouble, List<String> differing)
        implements TemplateInstance {}
