package dev.slipway.web.drill;

import dev.slipway.platform.command.DrillCommands.DrillFacts;
import dev.slipway.platform.command.DrillCommands.DrillScheduleFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * All drills and when the next ones are.
 *
 * @param running the one that runs
 * @param sites those whose loss could be rehearsed
 */
@CheckedTemplate(basePath = "drill", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record DrillsPage(
        Frame frame,
        Optional<DrillFacts> running,
        List<DrillFacts> drills,
        List<DrillScheduleFacts> schedules,
        List<String> sites)
        implements TemplateInstance {}
