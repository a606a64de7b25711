package dev.slipway.platform.runtime;

import java.time.Instant;
import java.util.List;

/** Something happened to an instance. Events may be missed; {@link Runtime#observe()} tells the truth. */
public sealed interface RuntimeEvent {

    /** To which instance. */
    InstanceId id();

    /** When. */
    Instant at();

    /**
     * It was started.
     *
     * @param host where it can be reached
     * @param port where it can be reached, 0 for none
     */
    record Started(InstanceId id, String host, int port, Instant at) implements RuntimeEvent {}

    /**
     * It ended.
     *
     * @param code exit code, 128 + signal if a signal ended it
     * @param oomKilled whether the kernel killed it for want of memory
     * @param lastLines at most 20 lines and 4 KiB of its output, the newest last
     */
    record Exited(InstanceId id, int code, boolean oomKilled, List<String> lastLines, Instant at)
            implements RuntimeEvent {
        public Exited {
            lastLines = List.copyOf(lastLines);
        }
    }

    /** It is gone from the runtime. */
    record Vanished(InstanceId id, Instant at) implements RuntimeEvent {}
}
