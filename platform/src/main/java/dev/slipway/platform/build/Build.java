package dev.slipway.platform.build;

import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.tenancy.identity.AppId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One build of one commit of an app.
 *
 * @param commit full commit id, hexadecimal
 * @param attempts how often a worker has taken it
 * @param release the release made of it, once it succeeded
 * @param deployment the deployment begun for that release
 */
public record Build(
        BuildId id,
        AppId app,
        int number,
        BuildState state,
        String commit,
        String branch,
        String subject,
        String requestedBy,
        TranscriptId transcript,
        Optional<ReleaseId> release,
        Optional<UUID> deployment,
        int attempts,
        boolean cancelRequested,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {

    /** The first seven digits of the commit. */
    public String shortCommit() {
        return commit.substring(0, Math.min(7, commit.length()));
    }
}
