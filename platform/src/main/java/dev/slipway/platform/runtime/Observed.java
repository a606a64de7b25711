package dev.slipway.platform.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One instance as the runtime sees it.
 *
 * @param id its identity
 * @param state what it is doing
 */
public record Observed(InstanceId id, State state) {

    /** What an observed instance is doing. */
    public sealed interface State {

        /** It exists and was never started; launching it again starts it. */
        record Created() implements State {}

        /**
         * It runs.
         *
         * @param endpoint where it can be reached
         * @param startedAt since when
         * @param boosted whether it has more processor than its limits say, because it starts
         */
        record Running(Endpoint endpoint, Instant startedAt, boolean boosted) implements State {

            /** Whether it has had more processor for as long as a start may, or longer. */
            public boolean boostedTooLong(Duration most, Instant now) {
                return boosted && !now.isBefore(startedAt.plus(most));
            }
        }

        /**
         * Its machine does not answer; it may well run.
         *
         * @param endpoint where it could be reached
         * @param since since when
         */
        record Silent(Endpoint endpoint, Instant since) implements State {}

        /**
         * It ended and was not removed yet.
         *
         * @param code exit code, 128 + signal if a signal ended it
         * @param oomKilled whether the kernel killed it for want of memory
         * @param finishedAt when
         * @param lastLines at most 20 lines and 4 KiB of its output, the newest last
         */
        record Exited(int code, boolean oomKilled, Instant finishedAt, List<String> lastLines) implements State {
            public Exited {
                lastLines = List.copyOf(lastLines);
            }
        }
    }
}
