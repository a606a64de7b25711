package dev.slipway.platform.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class MonthTest {
    private static final BigDecimal TARGET = new BigDecimal("99.9");

    private static Month seen(long looks, long good) {
        return new Month(YearMonth.of(2026, 3), looks, good, 0, 0);
    }

    @Test
    void whatMissedTheTargetByALittleDoesNotLookAsIfItHadNot() {
        // 31 days have 44,640 minutes, of which 0.1 % is 44.64.
        assertThat(seen(44_640, 44_640 - 44).meets(TARGET)).contains(true);
        assertThat(seen(44_640, 44_640 - 45).meets(TARGET)).contains(false);
        assertThat(seen(44_640, 44_640 - 45).availability()).contains(new BigDecimal("99.899"));
        assertThat(seen(44_640, 44_640).availability()).contains(new BigDecimal("100.000"));
        assertThat(seen(1_000_000, 999_999).availability()).contains(new BigDecimal("99.999"));
    }

    @Test
    void ofWhatWasNotSeenNothingIsSaid() {
        assertThat(seen(0, 0).availability()).isEmpty();
        assertThat(seen(0, 0).meets(TARGET)).isEmpty();
        assertThat(seen(1, 1).answered()).isEmpty();
    }

    @Test
    void requestsCountApart() {
        Month month = new Month(YearMonth.of(2026, 3), 10, 10, 2_000, 1);
        assertThat(month.answered()).contains(new BigDecimal("99.950"));
        assertThat(month.availability()).contains(new BigDecimal("100.000"));
    }

    @Test
    void moreCannotBeGoodThanThereWas() {
        assertThatThrownBy(() -> seen(1, 2)).hasMessageContaining("looks=1 good=2");
    }
}
