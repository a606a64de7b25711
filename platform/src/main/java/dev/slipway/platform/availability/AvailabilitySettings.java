package dev.slipway.platform.availability;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;

/** What is promised. */
@ConfigMapping(prefix = "slipway.availability")
public interface AvailabilitySettings {
    /** Percent of a month's looks that have to find an app or a site well. */
    @WithDefault("99.9")
    BigDecimal target();

    /** Months of which the days are kept. */
    @WithDefault("13")
    int months();
}
