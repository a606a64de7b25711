package dev.slipway.platform.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An app as its people see it.
 *
 * @param app {@code tenant/app}
 * @param state {@code new} before the first release is live, {@code live} or {@code stopped}
 * @param url where its web process answers
 * @param release the live release, {@code v12}
 * @param deployBranch the branch that deploys; the first one that is pushed becomes it
 * @param formation wanted instances by process type
 * @param domains custom domains
 */
public record AppFacts(
        String app,
        String state,
        String url,
        Optional<String> release,
        Optional<String> deployBranch,
        Map<String, Integer> formation,
        List<String> domains,
        Instant createdAt) {}
