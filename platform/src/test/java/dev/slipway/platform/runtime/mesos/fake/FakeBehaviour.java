package dev.slipway.platform.runtime.mesos.fake;

import dev.slipway.platform.loop.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How it behaves.
 *
 * @param timer keeps its time; a test may move it by hand
 * @param allocation between two allocation cycles
 * @param heartbeat between two heartbeats
 * @param executions what executors do
 * @param accounts principals and their secrets; empty lets everybody in
 * @param tls what to speak TLS with
 */
public record FakeBehaviour(
        Timer timer,
        InstantSource clock,
        Duration allocation,
        Duration heartbeat,
        Execution.Factory executions,
        Map<String, String> accounts,
        Optional<SSLContext> tls) {

    /** As a real one with its defaults. */
    public static FakeBehaviour standard(Timer timer, InstantSource clock, Execution.Factory executions) {
        return new FakeBehaviour(
                timer, clock, Duration.ofSeconds(1), Duration.ofSeconds(15), executions, Map.of(), Optional.empty());
    }

    /** With a short allocation cycle, so that tests do not wait. */
    public FakeBehaviour quick() {
        return new FakeBehaviour(timer, clock, Duration.ofMillis(20), heartbeat, executions, accounts, tls);
    }

    FakeBehaviour allocating(Duration every) {
        return new FakeBehaviour(timer, clock, every, heartbeat, executions, accounts, tls);
    }

    public FakeBehaviour with(Map<String, String> known) {
        return new FakeBehaviour(timer, clock, allocation, heartbeat, executions, known, tls);
    }

    public FakeBehaviour with(SSLContext spoken) {
        return new FakeBehaviour(timer, clock, allocation, heartbeat, executions, accounts, Optional.of(spoken));
    }

    public FakeBehaviour beating(Duration every) {
        return new FakeBehaviour(timer, clock, allocation, every, executions, accounts, tls);
    }
}
