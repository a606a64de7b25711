package dev.slipway.platform.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("app", "state", "url")
                .row("acme/shop", "live", "http://x")
                .row("a/b", "stopped", "http://y");
        assertThat(table.lines())
                .containsExactly(
                        "app        state    url", "acme/shop  live     http://x", "a/b        stopped  http://y");
    }

    @Test
    void withoutRowsThereIsNothing() {
        assertThat(new Table("a", "b").lines()).isEmpty();
    }

    @Test
    void absentIsAHyphenAndTimesAreCutToSeconds() {
        Table table = new Table("a", "b", "c")
                .row(Optional.empty(), Instant.parse("2026-01-02T03:04:05.678Z"), List.of("x", "y"));
        assertThat(table.lines().get(1)).isEqualTo("-  2026-01-02T03:04:05Z  x y");
    }

    @Test
    void whatPeopleWroteCannotMoveTheCursor() {
        assertThat(Table.text("fix\u001b[2J\rbug")).isEqualTo("fix [2J bug");
    }

    @Test
    void aRowStaysOneLineWhateverTheTextHas() {
        assertThat(Table.text("web.1 exited with code 1:\r\n  SyntaxError\n  at f\n"))
                .isEqualTo("web.1 exited with code 1: …");
        assertThat(Table.text("one line\n")).isEqualTo("one line");
    }
}
