package dev.slipway.web.drill;

import dev.slipway.platform.command.DrillCommands.DrillFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * The report of a drill, as far as it is.
 *
 * @param running whether it can still be ended
 */
@CheckedTemplate(basePath = "drill", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record DrillPage(Frame frame, DrillFacts report, boolean running) implements TemplateInstance {}
