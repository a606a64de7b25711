package dev.slipway.platform.runtime.mesos.fake;

import java.util.HashSet;
import java.util.Set;
import org.apache.mesos.v1.Protos.ExecutorInfo;

/** The executor of a task group: it holds resources of its own and ends with the last of its tasks. */
final class FakeExecutor {
    final String id;
    final FakeResources resources;
    final Set<FakeTask> alive = new HashSet<>();

    FakeExecutor(ExecutorInfo info) {
        this.id = info.getExecutorId().getValue();
        this.resources = FakeResources.of(info.getResourcesList());
    }
}
