package dev.slipway.platform.runtime.mesos;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.v1.Protos.TaskStatus;

/** What a status update means to us. Pure; the numbered surprises of a real master are spoken for here. */
sealed interface Reading {
    /** The executor has begun. */
    record Starting() implements Reading {}

    /** It runs; said again for every failed health check, and by reconciliation. */
    record Running() implements Reading {}

    /** Its agent does not answer. */
    record Unreachable() implements Reading {}

    /** It ended and left something: an exit code, files. */
    record Ended(MesosTask.Ending ending) implements Reading {}

    /** It never began, and trying again will not help. */
    record Refused(String reason) implements Reading {}

    /** It never began because the offer was gone. */
    record OfferGone() implements Reading {}

    /** The master knows it under this id already; this says nothing about how it is. */
    record Duplicate() implements Reading {}

    /** It is gone without a trace. */
    record Gone(String reason) implements Reading {}

    /** Nothing new. */
    record Nothing() implements Reading {}

    /** Reads a status. */
    static Reading of(TaskStatus status) {
        String message = status.getMessage();
        return switch (status.getState()) {
            case TASK_STAGING, TASK_KILLING -> new Nothing();
            case TASK_STARTING -> new Starting();
            case TASK_RUNNING -> new Running();
            case TASK_UNREACHABLE -> new Unreachable();
            case TASK_FINISHED, TASK_FAILED, TASK_KILLED -> ended(status);
            case TASK_ERROR ->
                message.startsWith("Task has duplicate ID")
                        ? new Duplicate()
                        : new Refused("Mesos refused: " + message);
            case TASK_DROPPED, TASK_LOST -> lost(status);
            case TASK_GONE, TASK_GONE_BY_OPERATOR, TASK_UNKNOWN -> new Gone(message.isEmpty() ? "gone" : message);
        };
    }

    private static Reading lost(TaskStatus status) {
        return switch (status.getReason()) {
            case REASON_INVALID_OFFERS -> new OfferGone();
            case REASON_RECONCILIATION ->
                status.hasUnreachableTime() ? new Unreachable() : new Gone(status.getMessage());
            case REASON_EXECUTOR_TERMINATED, REASON_CONTAINER_LAUNCH_FAILED -> new Refused(status.getMessage());
            default -> new Gone(status.getMessage());
        };
    }

    private static Reading ended(TaskStatus status) {
        String message = status.getMessage();
        boolean launchFailed = status.getReason() == TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED
                || message.startsWith("Failed to create docker run options");
        if (launchFailed) {
            return new Refused(message);
        }
        boolean outOfMemory = status.getReason() == TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY;
        return new Ended(new MesosTask.Ending(
                outOfMemory ? 137 : ExitCode.of(status), outOfMemory, false, message, java.util.Optional.empty()));
    }

    /** A status' uuid in hexadecimal, empty if there is none: only such an update is acknowledged. */
    static String uuid(TaskStatus status) {
        return status.hasUuid() ? HexFormat.of().formatHex(status.getUuid().toByteArray()) : "";
    }

    /** Exit codes stand in messages only. */
    final class ExitCode {
        private static final Pattern EXITED = Pattern.compile("exited with status (\\d{1,3})");
        private static final Pattern SIGNALLED = Pattern.compile("terminated with signal (.+)");
        private static final Map<String, Integer> SIGNALS = Map.of(
                "hangup",
                1,
                "interrupt",
                2,
                "quit",
                3,
                "illegal instruction",
                4,
                "aborted",
                6,
                "killed",
                9,
                "segmentation fault",
                11,
                "broken pipe",
                13,
                "terminated",
                15);

        private ExitCode() {}

        static int of(TaskStatus status) {
            Matcher exited = EXITED.matcher(status.getMessage());
            if (exited.find()) {
                return Integer.parseInt(exited.group(1));
            }
            Matcher signalled = SIGNALLED.matcher(status.getMessage());
            if (signalled.find()) {
                return 128 + SIGNALS.getOrDefault(signalled.group(1).strip().toLowerCase(Locale.ROOT), 0);
            }
            return switch (status.getState()) {
                case TASK_FINISHED -> 0;
                case TASK_KILLED -> 137;
                default -> 1;
            };
        }
    }
}
