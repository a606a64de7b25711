package dev.slipway.web.log;

import dev.slipway.platform.command.LogLine;
import dev.slipway.web.app.AppHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The newest lines of an app.
 *
 * @param words what the lines have to contain; empty for anything
 * @param process the process type or instance they are of; empty for all
 * @param choices how many lines one may ask for
 * @param events where the browser finds these lines and those that follow
 */
@CheckedTemplate(basePath = "log", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record LogsPage(
        AppHead head,
        List<LogLine> lines,
        String words,
        String process,
        List<String> processes,
        int tail,
        List<Integer> choices,
        String events)
        implements TemplateInstance {
    /** Where a browser finds these lines and those that follow. */
    static String eventsOf(AppHead head, String process, int tail, String words) {
        return head.path() + "/logs/events?process=" + encoded(process) + "&lines=" + tail + "&words=" + encoded(words);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
