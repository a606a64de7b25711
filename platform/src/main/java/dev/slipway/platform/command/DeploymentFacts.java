package dev.slipway.platform.command;

import java.time.Instant;
import java.util.Optional;

/**
 * A deployment as people see it.
 *
 * @param state {@code pending}, {@code releasing}, {@code placing}, {@code checking}, {@code switching}, {@code draining},
 *     {@code returning}, {@code withdrawing} (cancelled after the switch),
 *     {@code done}, {@code rolled_back}, {@code cancelled}
 * @param release the release it moves the app to, {@code v12}
 */
public record DeploymentFacts(
        int number,
        String state,
        Optional<String> reason,
        String release,
        String requestedBy,
        Instant createdAt,
        Optional<Instant> finishedAt) {}
