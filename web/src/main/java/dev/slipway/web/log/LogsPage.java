package dev.slipway.web.log;

import dev.slipway.platform.command.LogLine;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The newest lines of an app.
 *
 * @param process the process type or instance they are of; empty for all
 * @param choices how many lines one may ask for
 */
@CheckedTemplate(basePath = "log", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record LogsPage(
        AppHead head, List<LogLine> lines, String process, List<String> processes, int tail, List<Integer> choices)
        implements TemplateInstance {}
