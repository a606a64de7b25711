package dev.slipway.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.app.InvalidSettingException;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EnvTextTest {
    @Test
    void whatIsWrittenIsReadAsTheSame() {
        String letters = "ab \"\\\n\r=#'\t中";
        Random random = new Random(3);
        for (int turn = 0; turn < 20_000; turn++) {
            SortedMap<String, String> variables = new TreeMap<>();
            for (int count = random.nextInt(4); count > 0; count--) {
                StringBuilder value = new StringBuilder();
                for (int length = random.nextInt(8); length > 0; length--) {
                    value.append(letters.charAt(random.nextInt(letters.length())));
                }
                variables.put("V" + count, value.toString());
            }
            assertThat(EnvText.read(EnvText.write(variables))).isEqualTo(variables);
        }
    }

    @Test
    void linesAreReadAsPeopleWriteThem() {
        assertThat(EnvText.read("# of the shop\r\n\n A = 1 \nB=\"x\\ny\"\nC=a=b\nD=\n"))
                .isEqualTo(Map.of("A", "1", "B", "x\ny", "C", "a=b", "D", ""));
        assertThat(EnvText.write(new TreeMap<>(Map.of("A", "1", "B", " x\n\""))))
                .isEqualTo("A=1\nB=\" x\\n\\\"\"\n");
    }

    @Test
    void whatCannotBeReadIsNamedByItsLine() {
        for (String bad : new String[] {"A=1\nwrong", "A=1\nA=2", "A=1\nB=\"x", "A=1\nB=\"x\" y", "A=1\n=x"}) {
            assertThatThrownBy(() -> EnvText.read(bad))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("Line 2 ");
        }
    }

    @Test
    void differencesAreNames() {
        assertThat(EnvText.differing(Map.of("A", "1", "B", "2", "C", "3"), Map.of("A", "1", "B", "x", "D", "4")))
                .containsExactly("B", "C", "D");
    }
}
