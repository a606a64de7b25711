package dev.slipway.platform.runtime.mesos.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake master answers as the real one did, call for call and event for event. */
@Timeout(60)
class RecordedMesosTest {

    @ParameterizedTest
    @CsvSource({
        "02-subscribe,      1000, 120",
        "03-offers-filters,   56, 30",
        "06-reconcile,      1000, 40",
        "07-failover,       1000, 60",
        "08-agent-loss,       48, 20",
        "09-quota,            11, 3"
    })
    void saysWhatTheRealOneSaid(String name, int lastLine, int least) throws Exception {
        Replay replay = new Replay(Map.of());
        try (replay) {
            List<JsonNode> lines = Recording.lines(name + ".jsonl").stream()
                    .filter(line -> line.path("n").asInt() <= lastLine)
                    .toList();
            replay.prepare(lines);
            for (JsonNode line : lines) {
                replay.line(line);
            }
            assertThat(replay.differences()).isEmpty();
            assertThat(replay.compared()).isGreaterThan(least);
        }
    }
}
