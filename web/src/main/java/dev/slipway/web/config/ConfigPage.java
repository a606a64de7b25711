package dev.slipway.web.config;

import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The config of an app.
 *
 * @param shown whether the variables carry their values
 */
@CheckedTemplate(basePath = "config", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ConfigPage(AppHead head, List<Variable> variables, boolean shown) implements TemplateInstance {
    /** One variable; its value is empty while values are hidden. */
    record Variable(String name, String value) {}
}
