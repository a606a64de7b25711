package dev.slipway.platform.release;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Everything of a release that its maker chooses; number, id and time are given when it is made. */
public record ReleaseDraft(
        String repository,
        String imageDigest,
        String commit,
        String description,
        List<ProcessType> processes,
        Map<String, HealthChecks> checks,
        SortedMap<String, String> config,
        String createdBy) {}
