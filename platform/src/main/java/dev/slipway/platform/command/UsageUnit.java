package dev.slipway.platform.command;

import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** In what usage is told: an hour of one core, of one gibibyte, of one thing; or what is used up at once. */
enum UsageUnit {
    CPU_HOURS("cpu-hours", 1_000L * 3_600),
    GB_HOURS("GB-hours", (1L << 30) * 3_600),
    HOURS("hours", 3_600),
    MINUTES("minutes", 1);

    private static final int DIGITS = 6;

    private final String text;
    private final BigDecimal size;

    UsageUnit(String text, long size) {
        this.text = text;
        this.size = BigDecimal.valueOf(size);
    }

    static UsageUnit of(QuotaResource resource) {
        if (resource.nature() == QuotaResource.Nature.MONTHLY) {
            return MINUTES;
        }
        return resource.unit() == Unit.MILLICORES ? CPU_HOURS : resource.unit() == Unit.BYTES ? GB_HOURS : HOURS;
    }

    String text() {
        return text;
    }

    /** @param metered in the resource's own unit times seconds */
    BigDecimal amount(BigDecimal metered) {
        BigDecimal amount = metered.divide(size, DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }
}
