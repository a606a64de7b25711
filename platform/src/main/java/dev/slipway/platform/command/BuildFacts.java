package dev.slipway.platform.command;

import java.time.Instant;
import java.util.Optional;

/**
 * A build as people see it.
 *
 * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed}, {@code cancelled}, {@code timed_out}
 * @param release what it became, {@code v12}
 */
public record BuildFacts(
        int number,
        String state,
        Optional<String> reason,
        String commit,
        String branch,
        String subject,
        String requestedBy,
        Optional<String> release,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {}
