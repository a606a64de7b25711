package dev.slipway.platform.reconcile;

import java.util.List;

/** Says in a person's words how a process ended. */
final class ExitReason {
    /** All that a runtime keeps: what went wrong often stands at the top of a trace. */
    private static final int SHOWN_LINES = 20;

    private ExitReason() {}

    static String of(int code, boolean oomKilled, List<String> lastLines) {
        StringBuilder text = new StringBuilder();
        if (oomKilled) {
            text.append("killed because it used more memory than its limit (exit code ")
                    .append(code)
                    .append("); raise it with resources:limit");
        } else if (code == 0) {
            text.append("ended by itself with exit code 0, but is meant to go on running");
        } else if (code == 126 || code == 127) {
            text.append("could not run its command (exit code ").append(code).append(')');
        } else if (code > 128 && code < 160) {
            text.append("ended by signal ")
                    .append(code - 128)
                    .append(" (exit code ")
                    .append(code)
                    .append(')');
        } else {
            text.append("exited with code ").append(code);
        }
        if (!lastLines.isEmpty()) {
            text.append("; its last lines:");
            lastLines.stream()
                    .skip(Math.max(0, lastLines.size() - SHOWN_LINES))
                    .forEach(line -> text.append("\n       ").append(line));
        }
        return text.toString();
    }
}
