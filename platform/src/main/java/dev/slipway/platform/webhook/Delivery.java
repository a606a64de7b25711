package dev.slipway.platform.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One event on its way to one webhook.
 *
 * @param event number of the event
 * @param state {@code waiting}, {@code delivered} or {@code given_up}
 * @param dueAt when the next attempt is made, while it waits
 * @param status of the last answer
 * @param reason why the last attempt failed
 */
public record Delivery(
        UUID id,
        long event,
        String kind,
        String state,
        int attempts,
        Instant dueAt,
        Optional<Instant> attemptedAt,
        Optional<Integer> status,
        Optional<String> reason) {}
