package dev.slipway.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.release.Check;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExitReasonTest {
    @Test
    void tellsMemoryFromSignalsFromCodes() {
        assertThat(ExitReason.of(137, true, List.of())).contains("memory").contains("resources:limit");
        assertThat(ExitReason.of(139, false, List.of())).contains("signal 11");
        assertThat(ExitReason.of(127, false, List.of())).contains("could not run its command");
        assertThat(ExitReason.of(0, false, List.of())).contains("meant to go on");
        assertThat(ExitReason.of(3, false, List.of())).contains("exited with code 3");
    }

    @Test
    void advisesByTheCheckAndThePortsThatAreOpen() {
        Check http = new Check.Http("/healthz", Duration.ofSeconds(1), Duration.ofSeconds(60));
        Check tcp = new Check.Tcp(Duration.ofSeconds(60));
        assertThat(PortHint.of(tcp, 5000, List.of())).contains("no port at all");
        assertThat(PortHint.of(tcp, 5000, List.of(8080, 3000))).contains("3000, 8080 instead");
        assertThat(PortHint.of(http, 5000, List.of(5000))).contains("/healthz").doesNotContain("instead");
        assertThat(PortHint.of(tcp, 5000, List.of(5000)))
                .contains("not on 127.0.0.1")
                .doesNotContain("instead");
    }

    @Test
    void showsTheLastLinesOnly() {
        List<String> lines =
                IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i + ".").toList();
        assertThat(ExitReason.of(1, false, lines))
                .contains("line 30.")
                .contains("line 11.")
                .doesNotContain("line 10.");
    }
}
