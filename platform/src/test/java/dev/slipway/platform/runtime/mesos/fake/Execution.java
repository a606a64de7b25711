package dev.slipway.platform.runtime.mesos.fake;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

/** What an executor does with one task. */
public interface Execution {

    /** Makes the execution of a task. */
    interface Factory {
        Execution of(TaskInfo task);
    }

    /** Where an executor tells how its task is. */
    interface Reports {
        /** Tells a state from the executor; {@code more} may add a message or a reason. */
        void tell(TaskState state, Consumer<TaskStatus.Builder> more);

        default void tell(TaskState state) {
            tell(state, status -> {});
        }
    }

    /** Begins the task. */
    void start(TaskInfo task, FakeSandbox sandbox, Reports reports);

    /** Ends it: SIGTERM, the grace, SIGKILL. */
    void kill(Duration grace);

    /** Ends it without a word, as the loss of the agent's machine does. */
    default void destroy() {}

    /** Says nothing by itself: a test, or a recording, tells what happens. */
    Factory SILENT = task -> new Execution() {
        @Override
        public void start(TaskInfo started, FakeSandbox sandbox, Reports reports) {}

        @Override
        public void kill(Duration grace) {}
    };

    /** Runs at once and ends when it is killed. */
    Factory INSTANT = task -> new Execution() {
        private Reports reports;
        private boolean killed;

        @Override
        public void start(TaskInfo started, FakeSandbox sandbox, Reports to) {
            reports = to;
            to.tell(TaskState.TASK_STARTING);
            to.tell(TaskState.TASK_RUNNING);
        }

        @Override
        public void kill(Duration grace) {
            if (!killed) {
                killed = true;
                reports.tell(TaskState.TASK_KILLED, status -> status.setMessage("Container exited with status 143"));
            }
        }
    };
}
