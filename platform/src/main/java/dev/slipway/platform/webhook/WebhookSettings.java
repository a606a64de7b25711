package dev.slipway.platform.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How webhooks are told. */
@ConfigMapping(prefix = "slipway.webhooks")
interface WebhookSettings {
    /** Networks (CIDR) that webhooks may reach though they are not public. */
    Optional<List<String>> allowedNetworks();

    /** How long a receiver may take to answer. */
    @WithDefault("10s")
    Duration patience();

    /** From one look at what is due to the next. */
    @WithDefault("1s")
    Duration every();

    /** The wait after the first failed attempt; it doubles with each. */
    @WithDefault("10s")
    Duration firstWait();

    /** The longest wait between two attempts. */
    @WithDefault("6h")
    Duration longestWait();

    /** Attempts before a delivery is given up; it can still be sent again by hand. */
    @WithDefault("15")
    int attempts();
}
