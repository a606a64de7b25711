package dev.slipway.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExitReasonTest {
    @Test
    void tellsMemoryFromSignalsFromCodes() {
        assertThat(ExitReason.of(137, true, List.of())).contains("memory").contains("resources:limit");
        assertThat(ExitReason.of(139, false, List.of())).contains("signal 11");
        assertThat(ExitReason.of(127, false, List.of())).contains("cannot be run");
        assertThat(ExitReason.of(0, false, List.of())).contains("meant to go on");
        assertThat(ExitReason.of(3, false, List.of())).contains("exited with code 3");
    }

    @Test
    void showsTheLastLinesOnly() {
        List<String> lines =
                IntStream.rangeClosed(1, 20).mapToObj(i -> "line " + i).toList();
        assertThat(ExitReason.of(1, false, lines))
                .contains("line 20")
                .contains("line 13")
                .doesNotContain("line 12");
    }
}
