package dev.slipway.tenancy.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {
    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAsTheVerySame(Unit unit) {
        Random random = new Random(7);
        boolean counted = unit == Unit.COUNT || unit == Unit.PER_SECOND;
        for (int turn = 0; turn < 10_000; turn++) {
            long amount = counted ? random.nextInt(1_000_000) : random.nextLong(1L << 40) >> random.nextInt(40);
            if (unit == Unit.MILLICORES) {
                amount %= 9_999_999_999L;
            }
            assertThat(unit.read(unit.write(amount))).as(unit.write(amount)).isEqualTo(amount);
        }
        assertThat(unit.read(unit.write(0))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "BYTES,34359738368,32G",
        "BYTES,1025,1025",
        "BYTES_PER_SECOND,1048576,1M",
        "MILLICORES,250,0.25",
        "COUNT,20,20"
    })
    void amountsAreWrittenShort(Unit unit, long amount, String text) {
        assertThat(unit.write(amount)).isEqualTo(text);
    }

    @Test
    void whatCannotBeAnAmountIsExplained() {
        for (String text : new String[] {"", "-1", "much", "1X", "1.2345G", "99999999999999999999", "9e9"}) {
            for (Unit unit : Unit.values()) {
                assertThatThrownBy(() -> unit.read(text))
                        .as(unit + " " + text)
                        .isInstanceOf(InvalidNameException.class)
                        .hasMessageStartingWith("Write ");
            }
        }
        assertThatThrownBy(() -> Unit.BYTES.read("999999999999999T")).hasMessage("That is more than can be counted.");
    }
}
