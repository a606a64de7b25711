package dev.slipway.platform.runtime;

import java.time.Duration;
import java.util.List;

/** How to tell that an instance is healthy. Runtimes that check by themselves use it; others leave it to the caller. */
public sealed interface HealthSpec {

    /** How often it is asked. */
    Duration interval();

    /** How long one answer may take. */
    Duration timeout();

    /** A TCP connection to the instance's port succeeds. */
    record TcpConnect(Duration interval, Duration timeout) implements HealthSpec {}

    /**
     * {@code GET path} on the instance's port answers with a status from 200 to 399.
     *
     * @param path absolute path, for example {@code /healthz}
     */
    record HttpGet(String path, Duration interval, Duration timeout) implements HealthSpec {}

    /**
     * A command run inside the instance exits with 0.
     *
     * @param command program and arguments
     */
    record Command(List<String> command, Duration interval, Duration timeout) implements HealthSpec {
        public Command {
            command = List.copyOf(command);
        }
    }
}
