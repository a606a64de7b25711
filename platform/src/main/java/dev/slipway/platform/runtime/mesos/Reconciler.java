package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.scheduler.Protos.Call;

/**
 * Whom to ask about next. Every task is asked for by name until an answer comes, a bounded number at a time and ever more
 * slowly: after a master's restart there is silence until the agents are back. Then the master is asked for all it knows,
 * which shows what we do not, and after a while everything begins anew.
 */
final class Reconciler {
    static final int BATCH = 1_000;
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration FIRST_AGAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_AGAIN = Duration.ofSeconds(60);
    private static final Duration ROUND = Duration.ofMinutes(10);

    private record Asked(Instant due, Duration again) {}

    private final Map<InstanceId, Asked> open = new LinkedHashMap<>();
    private Instant next = Instant.EPOCH;
    private Instant implicit = Instant.EPOCH;

    void start(Collection<MesosTask> tasks, Instant now) {
        open.clear();
        tasks.forEach(task -> open.put(task.id(), new Asked(now, FIRST_AGAIN)));
        next = now;
        implicit = now;
    }

    void settled(InstanceId id) {
        open.remove(id);
    }

    void doubt(InstanceId id, Instant now) {
        open.putIfAbsent(id, new Asked(now, FIRST_AGAIN));
    }

    int open() {
        return open.size();
    }

    /** The next question, when its time has come. */
    Optional<Call.Builder> next(Map<InstanceId, MesosTask> tasks, Instant now) {
        if (next.isAfter(now)) {
            return Optional.empty();
        }
        List<MesosTask> batch = new ArrayList<>();
        for (Map.Entry<InstanceId, Asked> entry : open.entrySet()) {
            MesosTask task = tasks.get(entry.getKey());
            if (task != null && !entry.getValue().due().isAfter(now) && batch.size() < BATCH) {
                batch.add(task);
            }
        }
        if (!batch.isEmpty()) {
            next = now.plus(PACE);
            for (MesosTask task : batch) {
                Asked asked = open.remove(task.id());
                if (asked != null) {
                    Duration again = asked.again().multipliedBy(2);
                    open.put(
                            task.id(),
                            new Asked(
                                    now.plus(asked.again()),
                                    again.compareTo(LONGEST_AGAIN) > 0 ? LONGEST_AGAIN : again));
                }
            }
            return Optional.of(Calls.reconcile(batch));
        }
        if (implicit.isAfter(now)) {
            return Optional.empty();
        }
        if (open.isEmpty()) {
            tasks.values().stream()
                    .filter(task -> !task.ended())
                    .forEach(task -> open.put(task.id(), new Asked(now.plus(ROUND), FIRST_AGAIN)));
        }
        implicit = now.plus(ROUND);
        next = now.plus(PACE);
        return Optional.of(Calls.reconcile(List.of()));
    }
}
