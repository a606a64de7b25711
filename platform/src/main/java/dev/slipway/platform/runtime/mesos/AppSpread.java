package dev.slipway.platform.runtime.mesos;

import java.util.HashMap;
import java.util.Map;

/** How many live instances of each process each agent has. */
final class AppSpread {
    private final Map<String, Map<String, Integer>> counts = new HashMap<>();

    int count(String app, String agentId) {
        return counts.getOrDefault(app, Map.of()).getOrDefault(agentId, 0);
    }

    void add(MesosTask task) {
        counts.computeIfAbsent(task.app(), key -> new HashMap<>()).merge(task.agentId(), 1, Integer::sum);
    }

    void remove(MesosTask task) {
        Map<String, Integer> agents = counts.get(task.app());
        if (agents != null) {
            agents.computeIfPresent(task.agentId(), (key, count) -> count > 1 ? count - 1 : null);
            if (agents.isEmpty()) {
                counts.remove(task.app());
            }
        }
    }
}
