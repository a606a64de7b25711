package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.TimeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What statuses mean; the numbers are those of the recordings' README. */
class ReadingTest {

    private static TaskStatus.Builder status(TaskState state, String message) {
        return TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue("t"))
                .setState(state)
                .setMessage(message);
    }

    private static MesosTask.Ending ended(TaskStatus.Builder status) {
        return ((Reading.Ended) Reading.of(status.build())).ending();
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void everyStateMeansSomething(TaskState state) {
        assertThat(Reading.of(status(state, "").build())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "TASK_FINISHED, Command exited with status 0,               0",
        "TASK_FAILED,   Command exited with status 1,               1",
        "TASK_FAILED,   Container exited with status 127,         127",
        "TASK_FAILED,   Command terminated with signal Killed,    137",
        "TASK_KILLED,   Command terminated with signal Terminated, 143",
        "TASK_FAILED,   Executor terminated,                        1",
        "TASK_FINISHED, '',                                         0",
        "TASK_KILLED,   '',                                       137"
    })
    void exitCodesStandInMessages(TaskState state, String message, int code) {
        assertThat(ended(status(state, message)).code()).isEqualTo(code);
    }

    @Test
    void surprise25_aRefusalOfTheMasterHasNoUuid() {
        TaskStatus refused = status(TaskState.TASK_ERROR, "Total resources cpus:400 required")
                .setSource(TaskStatus.Source.SOURCE_MASTER)
                .setReason(TaskStatus.Reason.REASON_TASK_INVALID)
                .build();
        assertThat(Reading.of(refused)).isInstanceOf(Reading.Refused.class);
        assertThat(Reading.uuid(refused)).isEmpty();
        assertThat(Reading.of(status(TaskState.TASK_DROPPED, "")
                        .setReason(TaskStatus.Reason.REASON_INVALID_OFFERS)
                        .build()))
                .isInstanceOf(Reading.OfferGone.class);
        assertThat(Reading.of(status(TaskState.TASK_LOST, "")
                        .setReason(TaskStatus.Reason.REASON_INVALID_OFFERS)
                        .build()))
                .isInstanceOf(Reading.OfferGone.class);
    }

    @Test
    void surprise29_onlyMesosOwnContainerizerSaysThatMemoryRanOut() {
        assertThat(ended(status(TaskState.TASK_FAILED, "Memory limit exceeded: Requested: 64MB")
                        .setReason(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY)))
                .isEqualTo(new MesosTask.Ending(
                        137, true, false, "Memory limit exceeded: Requested: 64MB", Optional.empty()));
        assertThat(ended(status(TaskState.TASK_FAILED, "Container exited with status 137")))
                .isEqualTo(
                        new MesosTask.Ending(137, false, false, "Container exited with status 137", Optional.empty()));
    }

    @Test
    void surprise31_optionsDockerRefusesAreFailuresOfTheLaunch() {
        assertThat(Reading.of(status(
                                TaskState.TASK_FAILED,
                                "Failed to create docker run options: Port mappings require port resources")
                        .build()))
                .isInstanceOf(Reading.Refused.class);
    }

    @Test
    void surprise32_anImageThatCannotBeFetchedIsARefusal() {
        assertThat(Reading.of(status(TaskState.TASK_FAILED, "Failed to launch container: Failed to run 'docker pull'")
                        .setReason(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED)
                        .build()))
                .isInstanceOf(Reading.Refused.class);
        assertThat(Reading.of(status(TaskState.TASK_DROPPED, "Failed to chown directory to 'nosuchuser'")
                        .setReason(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED)
                        .build()))
                .isInstanceOf(Reading.Refused.class);
    }

    @Test
    void surprise33_whoRanTooLongHasEnded() {
        assertThat(ended(status(TaskState.TASK_FAILED, "Command terminated with signal Terminated")
                                .setReason(TaskStatus.Reason.REASON_MAX_COMPLETION_TIME_REACHED))
                        .code())
                .isEqualTo(143);
        assertThat(Reading.of(
                        status(TaskState.TASK_ERROR, "The memory limit must be greater than or equal to the memory")
                                .setReason(TaskStatus.Reason.REASON_TASK_INVALID)
                                .build()))
                .isInstanceOf(Reading.Refused.class);
    }

    @Test
    void surprise47_aClosedSocketIsALossOnlyForThoseWhoDoNotCheckpoint() {
        assertThat(Reading.of(status(TaskState.TASK_LOST, "Agent disconnected")
                        .setReason(TaskStatus.Reason.REASON_AGENT_DISCONNECTED)
                        .build()))
                .isInstanceOf(Reading.Gone.class);
        assertThat(Calls.framework(CoreWorld.SITE, "f", List.of()).getCheckpoint())
                .isTrue();
    }

    @Test
    void surprise50_drainedIsAnEndLikeAnyOther() {
        assertThat(ended(status(TaskState.TASK_KILLED, "Container exited with status 143")
                                .setReason(TaskStatus.Reason.REASON_AGENT_DRAINING))
                        .code())
                .isEqualTo(143);
    }

    @Test
    void surprise34_aFailedCheckIsRunningSaidAgain() {
        assertThat(Reading.of(status(TaskState.TASK_RUNNING, "")
                        .setHealthy(false)
                        .setReason(TaskStatus.Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED)
                        .build()))
                .isInstanceOf(Reading.Running.class);
    }

    @Test
    void surprise35_killedByChecksIsAnEndLikeAnyOther() {
        assertThat(ended(status(TaskState.TASK_KILLED, "Container exited with status 137")
                                .setHealthy(false))
                        .code())
                .isEqualTo(137);
    }

    @Test
    void surprise37_killedMayStillExitWithZero() {
        assertThat(ended(status(TaskState.TASK_KILLED, "Container exited with status 0"))
                        .code())
                .isZero();
        assertThat(Reading.of(status(TaskState.TASK_KILLING, "").build())).isInstanceOf(Reading.Nothing.class);
    }

    @Test
    void surprise41_reconciliationSaysUnreachableOrGoneInManyWords() {
        assertThat(Reading.of(status(TaskState.TASK_LOST, "Reconciliation: Task is unreachable")
                        .setReason(TaskStatus.Reason.REASON_RECONCILIATION)
                        .setUnreachableTime(TimeInfo.newBuilder().setNanoseconds(1))
                        .build()))
                .isInstanceOf(Reading.Unreachable.class);
        for (TaskState state : new TaskState[] {TaskState.TASK_GONE, TaskState.TASK_UNKNOWN, TaskState.TASK_LOST}) {
            assertThat(Reading.of(status(state, "Reconciliation: Task is unknown")
                            .setReason(TaskStatus.Reason.REASON_RECONCILIATION)
                            .build()))
                    .isInstanceOf(Reading.Gone.class);
        }
    }

    @Test
    void surprise48_lostIsTheEndEvenForThePartitionAware() {
        assertThat(Reading.of(status(TaskState.TASK_LOST, "Agent removed: the agent unregistered")
                        .setReason(TaskStatus.Reason.REASON_AGENT_REMOVED)
                        .build()))
                .isInstanceOf(Reading.Gone.class);
        assertThat(Reading.of(status(TaskState.TASK_GONE_BY_OPERATOR, "Agent has been marked gone")
                        .build()))
                .isInstanceOf(Reading.Gone.class);
    }

    @Test
    void surprise49_anExecutorThatDiesTakesTheTaskWithIt() {
        assertThat(ended(status(TaskState.TASK_FAILED, "Executor terminated")
                                .setReason(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED))
                        .code())
                .isEqualTo(1);
    }
}
