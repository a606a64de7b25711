package dev.slipway.platform.runtime.mesos.fake;

import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos.TaskState;

/** What a test sees of a master and its agents. */
public abstract class FakeMasterView {
    FakeMasterView() {}

    abstract FakeCluster cluster();

    /** States of the tasks on agents, by task id. */
    public Map<String, TaskState> tasks() {
        synchronized (cluster()) {
            Map<String, TaskState> states = new java.util.LinkedHashMap<>();
            cluster().tasks.values().forEach(task -> states.put(task.id(), task.state));
            return states;
        }
    }

    /** Number of tasks that run. */
    public long running() {
        synchronized (cluster()) {
            return cluster().tasks.values().stream()
                    .filter(task -> task.state == TaskState.TASK_RUNNING)
                    .count();
        }
    }

    /** Updates that wait for their acknowledgement. */
    public long unacknowledged() {
        synchronized (cluster()) {
            return cluster().tasks.values().stream()
                    .mapToLong(task -> task.unacknowledged.size())
                    .sum();
        }
    }

    /** Ids of the frameworks it knows. */
    public List<String> frameworks() {
        synchronized (cluster()) {
            return List.copyOf(cluster().frameworks.keySet());
        }
    }

    /** The id of the agent on a host. */
    public String agentId(String hostname) {
        synchronized (cluster()) {
            return cluster().agents.values().stream()
                    .filter(agent -> agent.hostname.equals(hostname))
                    .map(FakeAgent::id)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The agent on a host. */
    public FakeAgent agentOn(String hostname) {
        synchronized (cluster()) {
            return cluster().agents.get(agentId(hostname));
        }
    }

    /** Offers that somebody holds. */
    public int outstandingOffers() {
        synchronized (cluster()) {
            return cluster().offers.size();
        }
    }
}
