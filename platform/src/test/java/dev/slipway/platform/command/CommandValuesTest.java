package dev.slipway.platform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.app.ProcessLimits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandValuesTest {
    @Test
    void aFullPageTellsWhereTheNextBegins() {
        Page<String> page = Page.numbered(List.of(9, 8, 7), 3, number -> number, number -> "v" + number);
        assertThat(page.items()).containsExactly("v9", "v8", "v7");
        assertThat(page.next()).contains("7");
    }

    @Test
    void aPageThatIsNotFullOrEndsWithOneIsTheLast() {
        assertThat(Page.numbered(List.of(2), 3, number -> number, number -> number)
                        .next())
                .isEmpty();
        assertThat(Page.numbered(List.of(2, 1), 2, number -> number, number -> number)
                        .next())
                .isEmpty();
        assertThat(Page.numbered(List.<Integer>of(), 3, number -> number, number -> number)
                        .next())
                .isEmpty();
    }

    @Test
    void aCursorThatNoPageGaveIsRefused() {
        assertThat(PageRequest.after(Optional.of("7"), 3)).isEqualTo(new PageRequest(7, 3));
        assertThatThrownBy(() -> PageRequest.after(Optional.of("x"), 3)).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> PageRequest.newest(0)).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> PageRequest.newest(201)).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void aLogRequestNamesATypeOrAnInstance() {
        assertThat(new LogRequest(Optional.of("web"), 1).wants("web.2")).isTrue();
        assertThat(new LogRequest(Optional.of("web.1"), 1).wants("web.1")).isTrue();
        assertThat(new LogRequest(Optional.of("web.1"), 1).wants("web.10")).isFalse();
        assertThat(new LogRequest(Optional.of("web"), 1).wants("webhook.1")).isFalse();
        assertThat(new LogRequest(Optional.empty(), 1).wants("anything.1")).isTrue();
        assertThatThrownBy(() -> new LogRequest(Optional.empty(), -1)).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void aLimitThatIsNotSaidStays() {
        ProcessLimits before = new ProcessLimits(250, 256L << 20);
        assertThat(new LimitChange(Optional.of(500L), Optional.empty()).applyTo(before))
                .isEqualTo(new ProcessLimits(500, 256L << 20));
        assertThatThrownBy(() -> new LimitChange(Optional.empty(), Optional.of(1L)).applyTo(before))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("16 MB");
    }

    @Test
    void onlyASingleWordForAShellIsGivenToOne() {
        assertThat(RunCommands.words(List.of("ls", "-l"), Optional.empty())).containsExactly("ls", "-l");
        assertThat(RunCommands.words(List.of("bash"), Optional.empty())).containsExactly("bash");
        assertThat(RunCommands.words(List.of("ls | wc -l"), Optional.empty()))
                .containsExactly("sh", "-c", "ls | wc -l");
        assertThat(RunCommands.words(List.of("echo", "a b"), Optional.empty())).containsExactly("echo", "a b");
        Optional<RunCommands.Window> window = Optional.of(new RunCommands.Window(101, 33));
        assertThat(RunCommands.words(List.of("stty size; ls"), window))
                .containsExactly("sh", "-c", "stty rows 33 cols 101 2>/dev/null; stty size; ls");
        assertThat(RunCommands.words(List.of("bash"), window)).containsExactly("bash");
        assertThat(RunCommands.words(List.of("a; b"), Optional.of(new RunCommands.Window(0, 0))))
                .containsExactly("sh", "-c", "a; b");
    }
}
