package dev.slipway.web.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings {@code slipway.web.*}. */
@ConfigMapping(prefix = "slipway.web")
public interface SessionSettings {
    /** How long a session lives that nobody uses. */
    @WithDefault("PT12H")
    Duration sessionIdle();

    /** How long a session lives at most. */
    @WithDefault("P7D")
    Duration sessionLife();

    /** Whether cookies are for HTTPS only; to be set where a TLS proxy stands in front. */
    @WithDefault("false")
    boolean secureCookies();
}
