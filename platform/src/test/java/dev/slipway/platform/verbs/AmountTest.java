package dev.slipway.platform.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "512M,536870912",
        "512mb,536870912",
        "1G,1073741824",
        "1.5GiB,1610612736",
        "1048576,1048576",
        "64k,65536",
        "2T,2199023255552"
    })
    void memory(String text, long bytes) {
        assertThat(Amount.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1,1000", "0.25,250", "250m,250", "2.5,2500"})
    void cpu(String text, long millis) {
        assertThat(Amount.cpuMillis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "M", "1X", "1 G M", "999999999999999T", "0x10", "1e9"})
    void whatIsNoMemoryIsRefused(String text) {
        assertThatThrownBy(() -> Amount.bytes(text)).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "three", "1000000000", "1.5"})
    void whatIsNoCountIsRefused(String text) {
        assertThatThrownBy(() -> Amount.count(text)).isInstanceOf(UsageException.class);
    }

    @Test
    void anyTextIsAnAmountOrAUsageError() {
        Random random = new Random(7);
        String letters = "0123456789.KMGTIBm -x\u00e4";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                assertThat(Amount.bytes(text.toString())).isNotNegative();
            } catch (UsageException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }
}
