package dev.slipway.buildpacks.image;

import dev.slipway.buildpacks.layer.LayerEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The launcher of an image: one shell script that sets the environment and replaces itself by the process, so that the
 * process is the container's first and gets its signals. {@code /cnb/process/<type>} are links to it. Told anything
 * else, it runs that in the same environment.
 */
final class LaunchScript {

    private static final String APP_DIRECTORY = "/workspace";

    private LaunchScript() {}

    /** The launcher and its links as the entries of a layer. */
    static List<LayerEntry> layer(LaunchPlan plan) {
        List<LayerEntry> entries = new ArrayList<>();
        entries.add(new LayerEntry("cnb", 0755, new LayerEntry.Directory()));
        entries.add(new LayerEntry("cnb/launch", 0755, new LayerEntry.Text(text(plan))));
        entries.add(new LayerEntry("cnb/process", 0755, new LayerEntry.Directory()));
        for (String type : plan.processes().keySet()) {
            entries.add(new LayerEntry("cnb/process/" + type, 0777, new LayerEntry.Link("../launch")));
        }
        Collections.sort(entries);
        return entries;
    }

    static String text(LaunchPlan plan) {
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        script.append("slipway_type=${0##*/}\n");
        script.append("if [ \"$slipway_type\" = launch ]; then\n");
        script.append("  slipway_type=\n");
        script.append("  case \"$#:${1-}\" in\n");
        plan.defaultType()
                .ifPresent(type ->
                        script.append("    0:) slipway_type=").append(type).append(" ;;\n"));
        for (String type : plan.processes().keySet()) {
            script.append("    1:").append(type).append("|1:/cnb/process/").append(type);
            script.append(") slipway_type=").append(type).append(" ;;\n");
        }
        script.append("  esac\nfi\n");
        plan.environment().forEach(change -> script.append(change.shell()).append('\n'));
        script.append("case \"$slipway_type\" in\n");
        plan.processes().values().forEach(process -> process(script, plan, process));
        script.append("esac\n");
        script.append("[ $# -gt 0 ] || { echo \"This image has no default process. Types: ")
                .append(String.join(" ", plan.processes().keySet()))
                .append("\" >&2; exit 64; }\n");
        return script.append("exec \"$@\"\n").toString();
    }

    private static void process(StringBuilder script, LaunchPlan plan, LaunchProcess process) {
        script.append(process.type()).append(")\n");
        plan.processEnvironment().entrySet().stream()
                .filter(entry -> entry.getKey().equals(process.type()))
                .map(Map.Entry::getValue)
                .flatMap(List::stream)
                .forEach(change -> script.append("  ").append(change.shell()).append('\n'));
        script.append("  cd ").append(ShellText.quote(directory(process))).append(" || exit 72\n");
        script.append("  exec ").append(ShellText.words(process.words())).append(" ;;\n");
    }

    private static String directory(LaunchProcess process) {
        String wanted = process.workingDirectory();
        if (wanted.isEmpty()) {
            return APP_DIRECTORY;
        }
        return wanted.startsWith("/") ? wanted : APP_DIRECTORY + "/" + wanted;
    }
}
