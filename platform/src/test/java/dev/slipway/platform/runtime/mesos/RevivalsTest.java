package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How often offers are asked for. */
class RevivalsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static boolean due(Revivals revivals, String role, Instant at) {
        boolean due = !revivals.due(Set.of(role), at).isEmpty();
        revivals.answered();
        return due;
    }

    private static List<Long> said(Revivals revivals, Duration within) {
        List<Long> at = new ArrayList<>();
        for (long millis = 0; millis <= within.toMillis(); millis += 50) {
            if (due(revivals, "acme", NOW.plusMillis(millis))) {
                at.add(millis);
            }
        }
        return at;
    }

    @Test
    void evermoreSeldomWhileItBringsNothing() {
        assertThat(said(new Revivals(), Duration.ofSeconds(20)))
                .startsWith(0L, 100L, 300L, 700L, 1_500L, 3_100L, 6_300L, 11_300L, 16_300L);
    }

    @Test
    void soonAgainOnceItHelped() {
        Revivals revivals = new Revivals();
        said(revivals, Duration.ofSeconds(20));
        revivals.helped("acme");
        Instant later = NOW.plusSeconds(20);
        assertThat(due(revivals, "acme", later)).isTrue();
        assertThat(due(revivals, "acme", later.plusMillis(50))).isFalse();
        assertThat(due(revivals, "acme", later.plusMillis(200))).isTrue();
    }

    @Test
    void nobodyAsksBeforeTheLastWasAnswered() {
        Revivals revivals = new Revivals();
        assertThat(revivals.due(Set.of("acme"), NOW)).containsExactly("acme");
        assertThat(revivals.due(Set.of("globex"), NOW.plusMillis(10))).isEmpty();
        revivals.answered();
        assertThat(revivals.due(Set.of("globex"), NOW.plusMillis(20))).containsExactly("globex");
        assertThat(revivals.due(Set.of("initech"), NOW.plusMillis(900))).isEmpty();
        assertThat(revivals.due(Set.of("initech"), NOW.plusMillis(1_020)))
                .as("nothing was free")
                .containsExactly("initech");
    }

    @Test
    void rolesDoNotWaitForEachOther() {
        Revivals revivals = new Revivals();
        said(revivals, Duration.ofSeconds(20));
        assertThat(due(revivals, "globex", NOW)).isTrue();
        revivals.forget("acme");
        assertThat(due(revivals, "acme", NOW)).isTrue();
    }
}
