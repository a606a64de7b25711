package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
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

    private record Asked(InstanceId id, Instant due, Duration again, long number) {}

    private final Map<InstanceId, Asked> open = new HashMap<>();
    /** Who is due first; what is not open any more in this form is passed over. */
    private final PriorityQueue<Asked> queue =
            new PriorityQueue<>(Comparator.comparing(Asked::due).thenComparingLong(Asked::number));

    private long numbers;
    private Instant next = Instant.EPOCH;
    private Instant implicit = Instant.EPOCH;

    void start(Collection<MesosTask> tasks, Instant now) {
        open.clear();
        queue.clear();
        tasks.forEach(task -> put(task.id(), now, FIRST_AGAIN));
        next = now;
        implicit = now;
    }

    private void put(InstanceId id, Instant due, Duration again) {
        Asked asked = new Asked(id, due, again, numbers++);
        open.put(id, asked);
        queue.add(asked);
    }

    void settled(InstanceId id) {
        open.remove(id);
    }

    void doubt(InstanceId id, Instant now) {
        if (!open.containsKey(id)) {
            put(id, now, FIRST_AGAIN);
        }
    }

    int open() {
        return open.size();
    }

    /** The next question, when its time has come. */
    Optional<Call.Builder> next(Map<InstanceId, MesosTask> tasks, Instant now) {
        if (next.isAfter(now)) {
            return Optional.empty();
        }
        List<MesosTask> batch = due(tasks, now);
        if (!batch.isEmpty()) {
            next = now.plus(PACE);
            return Optional.of(Calls.reconcile(batch));
        }
        if (implicit.isAfter(now)) {
            return Optional.empty();
        }
        if (open.isEmpty()) {
            queue.clear();
            tasks.values().stream()
                    .filter(task -> !task.ended())
                    .forEach(task -> put(task.id(), now.plus(ROUND), FIRST_AGAIN));
        }
        implicit = now.plus(ROUND);
        next = now.plus(PACE);
        return Optional.of(Calls.reconcile(List.of()));
    }

    private List<MesosTask> due(Map<InstanceId, MesosTask> tasks, Instant now) {
        List<MesosTask> batch = new ArrayList<>();
        while (batch.size() < BATCH && !queue.isEmpty() && !queue.peek().due().isAfter(now)) {
            Asked asked = queue.remove();
            MesosTask task = tasks.get(asked.id());
            if (task == null || open.get(asked.id()) != asked) {
                continue;
            }
            batch.add(task);
            Duration again = asked.again().multipliedBy(2);
            put(asked.id(), now.plus(asked.again()), again.compareTo(LONGEST_AGAIN) > 0 ? LONGEST_AGAIN : again);
        }
        return batch;
    }
}
