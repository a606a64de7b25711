package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.RuntimeEvent;
import org.apache.mesos.v1.scheduler.Protos.Call;

/**
 * Something the scheduler decided to do. All that is to be stored is stored first, in one transaction; only then the
 * rest is done, in its order.
 */
sealed interface Effect {
    /** Write the task down as it is now. */
    record Store(MesosTask task) implements Effect {}

    /** Take the task out of the database. */
    record Delete(InstanceId id) implements Effect {}

    /** Say something to the master. */
    record Say(Call.Builder call) implements Effect {}

    /** A launch has its outcome. */
    record Answer(InstanceId id, LaunchOutcome outcome) implements Effect {}

    /** Somebody may wait for this task's end. */
    record Over(InstanceId id) implements Effect {}

    /** Tell whoever watches. */
    record Tell(RuntimeEvent event) implements Effect {}

    /** Read the end of the output of a task that has ended. */
    record ReadTail(MesosTask task) implements Effect {}

    /** A node is about to go, or is back. */
    record Node(NodeNotice notice) implements Effect {}

    /** The master calls our framework id removed. */
    record Removed(String reason) implements Effect {}

    /** Nothing goes on over this subscription: open another one. */
    record Renew(String reason) implements Effect {}
}
