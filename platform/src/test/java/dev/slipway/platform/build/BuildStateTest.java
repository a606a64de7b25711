package dev.slipway.platform.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildStateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final BuildState.Running RUNNING = new BuildState.Queued().start(NOW, NOW.plusSeconds(60));

    @Test
    void aRunningBuildEndsInOneOfFourWaysOrWaitsAgain() {
        List<BuildState> ends = List.of(
                RUNNING.succeed("sha256:0"), RUNNING.fail("why"), RUNNING.cancel("who"), RUNNING.timeOut("60 s"));
        assertThat(ends).allMatch(BuildState::ended);
        assertThat(RUNNING.requeue().ended()).isFalse();
        assertThat(new BuildState.Queued().cancel("newer")).isEqualTo(new BuildState.Cancelled("newer"));
    }

    @Test
    void storedNamesAreDistinct() {
        assertThat(List.of(
                                new BuildState.Queued(),
                                RUNNING,
                                RUNNING.succeed("d"),
                                RUNNING.fail("f"),
                                RUNNING.cancel("c"),
                                RUNNING.timeOut("t"))
                        .stream()
                        .map(BuildState::code))
                .doesNotHaveDuplicates();
    }
}
