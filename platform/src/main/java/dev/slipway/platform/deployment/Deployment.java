package dev.slipway.platform.deployment;

import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.tenancy.identity.AppId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One act of moving an app to a release.
 *
 * @param previous the release that was live when the act began, absent for an app's first
 * @param previousDeployment the deployment that had made that release live
 * @param deadline when an unended deployment is undone, whatever it waits for
 */
public record Deployment(
        DeploymentId id,
        AppId app,
        int number,
        ReleaseId release,
        Optional<ReleaseId> previous,
        Optional<UUID> previousDeployment,
        TranscriptId transcript,
        DeploymentState state,
        String requestedBy,
        boolean cancelRequested,
        Instant createdAt,
        Instant stateSince,
        Instant deadline,
        Optional<Instant> finishedAt) {

    /** The deployment whose instances are this act's business although they are not those of the live one. */
    public Optional<UUID> holds() {
        return switch (state) {
            case DeploymentState.Undoable beforeTheSwitch -> Optional.of(id.value());
            case DeploymentState.Returning returning -> previousDeployment;
            default -> Optional.empty();
        };
    }

    /** Whether its release is on its way out although the deployment has not ended. */
    public boolean leaving() {
        return cancelRequested
                || state instanceof DeploymentState.Returning
                || state instanceof DeploymentState.Withdrawing;
    }
}
