package dev.slipway.platform.deployment;

import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.tenancy.identity.AppId;
import java.time.Instant;
import java.util.Optional;

/**
 * One act of moving an app to a release.
 *
 * @param previous the release that was live when the act began to switch, absent for an app's first
 * @param deadline when an unended deployment is undone, whatever it waits for
 */
public record Deployment(
        DeploymentId id,
        AppId app,
        int number,
        ReleaseId release,
        Optional<ReleaseId> previous,
        TranscriptId transcript,
        DeploymentState state,
        String requestedBy,
        boolean cancelRequested,
        Instant createdAt,
        Instant stateSince,
        Instant deadline,
        Optional<Instant> finishedAt) {}
