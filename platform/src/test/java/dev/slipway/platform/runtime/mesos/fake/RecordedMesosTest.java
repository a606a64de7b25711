package dev.slipway.platform.runtime.mesos.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fake master answers as the real one did, call for call and event for event. Three recordings end early: what comes
 * later in them depends on the order in which a real allocator shuffled its agents.
 */
@Timeout(60)
class RecordedMesosTest {
    private static final int ALL = 1_000;

    @ParameterizedTest
    @CsvSource({
        "02-subscribe,                    1000, 140",
        "03-offers-filters,                 56,  48",
        "05-docker-tasks,                 1000, 132",
        "06-reconcile,                    1000,  60",
        "07-failover,                     1000,  72",
        "08-agent-loss,                     48,  43",
        "09-quota,                          11,   8",
        "10-drain,                        1000,  66",
        "11-reservation,                  1000,  56",
        "12-operator-subscribe,           1000,  29",
        "13-master-restart,               1000,  37",
        "14-task-group,                   1000,  21",
        "16-ha-zookeeper,                 1000,  46",
        "17-more,                         1000,  82",
        "18-maintenance,                  1000,  34",
        "19-parent-quota,                 1000,  45",
        "20-killing-state-and-big-stdout, 1000,  52"
    })
    void saysWhatTheRealOneSaid(String name, int lastLine, int compared) throws Exception {
        try (Replay replay = new Replay(Map.of(), lines(name, lastLine))) {
            assertThat(replay.run()).isEmpty();
            assertThat(replay.compared()).isGreaterThanOrEqualTo(compared);
        }
    }

    @Test
    void runsCommandsAsTheRealOneDid() throws Exception {
        try (Replay replay = new Replay(Map.of(), lines("04-command-tasks", ALL))) {
            replay.executors().ended(228, "dup-1");
            replay.executors().ended(318, "ok-1");
            assertThat(replay.run()).isEmpty();
            assertThat(replay.compared()).isGreaterThanOrEqualTo(270);
        }
    }

    @Test
    void asksForAccountsAsTheRealOneDid() throws Exception {
        Map<String, String> accounts = Map.of("alice", "s3cret", "bob", "other");
        try (Replay replay = new Replay(accounts, lines("15-authentication", ALL))) {
            replay.master().limit("alice", List.of("acme"));
            replay.master().limit("bob", List.of());
            assertThat(replay.run()).isEmpty();
            assertThat(replay.compared()).isGreaterThanOrEqualTo(26);
        }
    }

    private static List<JsonNode> lines(String name, int last) {
        return Recording.lines(name + ".jsonl").stream()
                .filter(line -> line.path("n").asInt() <= last)
                .toList();
    }
}
