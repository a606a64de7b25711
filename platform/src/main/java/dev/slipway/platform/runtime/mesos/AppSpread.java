package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where live instances are: how many of each process each agent has, and which. */
final class AppSpread {
    private final Map<String, Map<String, Integer>> counts = new HashMap<>();
    private final Map<String, Map<InstanceId, MesosTask>> byAgent = new HashMap<>();

    int count(String app, String agentId) {
        return counts.getOrDefault(app, Map.of()).getOrDefault(agentId, 0);
    }

    /** One of the tasks of an agent, if it has any. */
    Optional<MesosTask> on(String agentId) {
        return byAgent.getOrDefault(agentId, Map.of()).values().stream().findFirst();
    }

    void add(MesosTask task) {
        counts.computeIfAbsent(task.app(), key -> new HashMap<>()).merge(task.agentId(), 1, Integer::sum);
        byAgent.computeIfAbsent(task.agentId(), key -> new LinkedHashMap<>()).put(task.id(), task);
    }

    void remove(MesosTask task) {
        Map<String, Integer> agents = counts.get(task.app());
        if (agents != null) {
            agents.computeIfPresent(task.agentId(), (key, count) -> count > 1 ? count - 1 : null);
            if (agents.isEmpty()) {
                counts.remove(task.app());
            }
        }
        Map<InstanceId, MesosTask> tasks = byAgent.get(task.agentId());
        if (tasks != null) {
            tasks.remove(task.id());
            if (tasks.isEmpty()) {
                byAgent.remove(task.agentId());
            }
        }
    }
}
