package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

/** Executors are the recording's: what they said then they say now, at the same time and once. */
final class ReplayExecutors {
    private final FakeMesosMaster master;
    private final ReplayIds ids;
    private final List<JsonNode> reports = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    /** By the number of the line before which it ended. */
    private final Map<Integer, String> unheard = new HashMap<>();

    private double offset = Double.MAX_VALUE;

    ReplayExecutors(FakeMesosMaster master, ReplayIds ids, List<JsonNode> lines) {
        this.master = master;
        this.ids = ids;
        Set<String> known = new HashSet<>();
        for (JsonNode line : lines) {
            JsonNode status = line.path("event").path("update").path("status");
            if (status.has("uuid") && known.add(status.path("uuid").asText())) {
                reports.add(status);
                offset = Math.min(
                        offset,
                        line.path("t").asDouble() - status.path("timestamp").asDouble());
            }
        }
        reports.sort(Comparator.comparingDouble(this::due));
    }

    /** A task ended before this line, which nobody heard: an earlier update of it was never acknowledged. */
    void ended(int line, String task) {
        unheard.put(line, task);
    }

    private double due(JsonNode status) {
        return status.path("timestamp").asDouble() + offset;
    }

    /** When executors say something between these times. */
    List<Double> between(double from, double to) {
        return reports.stream()
                .map(this::due)
                .filter(due -> due > from && due <= to)
                .toList();
    }

    void sayUntil(double now) {
        for (JsonNode status : reports) {
            if (due(status) <= now && master.tasks().containsKey(task(status))) {
                say(status);
            }
        }
    }

    void before(int line) {
        String task = unheard.get(line);
        if (task != null) {
            master.executor(task, TaskState.TASK_FINISHED, status -> {});
        }
    }

    private static String task(JsonNode status) {
        return ReplayIds.value(status.path("task_id"));
    }

    void say(JsonNode status) {
        if (!status.has("uuid") || !said.add(status.path("uuid").asText())) {
            return;
        }
        TaskState state = TaskState.valueOf(status.path("state").asText());
        if (state == TaskState.TASK_KILLING && master.tasks().get(task(status)) == state) {
            return; // upon a KILL the fake says it by itself
        }
        master.executor(task(status), state, builder -> {
            ids.same(status.path("uuid").asText());
            builder.setUuid(ByteString.copyFrom(
                    Base64.getDecoder().decode(status.path("uuid").asText())));
            builder.setSource(TaskStatus.Source.valueOf(status.path("source").asText()));
            if (status.has("message")) {
                builder.setMessage(ids.carried(status.path("message").asText()));
            }
            if (status.has("reason")) {
                builder.setReason(
                        TaskStatus.Reason.valueOf(status.path("reason").asText()));
            }
        });
    }
}
