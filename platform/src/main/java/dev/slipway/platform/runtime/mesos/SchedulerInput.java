package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import java.time.Duration;
import java.util.List;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Something that came to {@link MesosScheduler} and waits to be decided upon. */
sealed interface SchedulerInput {
    /** Somebody wants an instance. */
    record Wanted(Demand demand) implements SchedulerInput {}

    /** Somebody wants a task to end. */
    record Stopped(InstanceId id, Duration grace, boolean drop) implements SchedulerInput {}

    /** The master said something, in the subscription of this number. */
    record Heard(long session, Event event) implements SchedulerInput {}

    /** The end of a task's output was read. */
    record Tail(InstanceId id, List<String> lines) implements SchedulerInput {}

    /** Nobody waits for a launch any more. */
    record Abandoned(InstanceId id) implements SchedulerInput {}

    /** Time has passed. */
    record Tick() implements SchedulerInput {}
}
