package dev.slipway.buildpacks.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputLinesTest {

    private final List<String> lines = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();

    private void feed(String text, int chunk) {
        OutputLines output = new OutputLines("n0", lines::add, marks::add);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += chunk) {
            output.accept(bytes, at, Math.min(chunk, bytes.length - at));
        }
        output.finish();
    }

    @Test
    void marksAreTakenOutWhereverTheyStand() {
        for (int chunk = 1; chunk < 9; chunk++) {
            lines.clear();
            marks.clear();
            feed("a\nno end\u0001n0 built 0 0\nb\r\n\u0001other x\n10%\r100%\ntail é", chunk);
            assertThat(lines).containsExactly("a", "no end", "b", "other x", "100%", "tail é");
            assertThat(marks).containsExactly("built 0 0");
        }
    }

    @Test
    void onlyColoursSurviveOfControlCharacters() {
        feed("\u001b[31mred\u001b[0m\u001b[2J\u001b]0;t\u0007 a\tb\u0000\n", 100);
        assertThat(lines).containsExactly("\u001b[31mred\u001b[0m]0;t a\tb");
    }

    @Test
    void longLinesAreCutAndNoBytesBreakIt() {
        Random random = new Random(1);
        byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        OutputLines output = new OutputLines("n0", lines::add, marks::add);
        output.accept(noise, 0, noise.length);
        output.accept("x".repeat(20_000).getBytes(StandardCharsets.UTF_8), 0, 20_000);
        output.finish();
        assertThat(lines).allMatch(line -> line.length() <= 8192);
        assertThat(marks).isEmpty();
    }
}
