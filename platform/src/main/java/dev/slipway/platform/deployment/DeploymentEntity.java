package dev.slipway.platform.deployment;

import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.tenancy.identity.AppId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "Deployment")
@Table(name = "deployment")
@NullUnmarked
class DeploymentEntity {
    @Id
    UUID id;

    @Column(name = "app_id")
    UUID appId;

    int number;

    @Column(name = "release_id")
    UUID releaseId;

    @Column(name = "previous_release_id")
    UUID previousReleaseId;

    @Column(name = "previous_deployment_id")
    UUID previousDeploymentId;

    @Column(name = "transcript_id")
    UUID transcriptId;

    String state;
    String reason;

    @Column(name = "requested_by")
    String requestedBy;

    @Column(name = "cancel_requested")
    boolean cancelRequested;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "state_since")
    Instant stateSince;

    @Column(name = "deadline_at")
    Instant deadlineAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    long epoch;

    void state(DeploymentState next, Instant now) {
        state = next.code();
        stateSince = now;
        switch (next) {
            case DeploymentState.RolledBack rolledBack -> reason = rolledBack.reason();
            case DeploymentState.Cancelled cancelled -> reason = cancelled.reason();
            default -> {
                // The other states carry nothing.
            }
        }
        if (next.ended()) {
            finishedAt = now;
        }
    }

    Deployment toRecord() {
        return new Deployment(
                new DeploymentId(id),
                new AppId(appId),
                number,
                new ReleaseId(releaseId),
                Optional.ofNullable(previousReleaseId).map(ReleaseId::new),
                Optional.ofNullable(previousDeploymentId),
                new TranscriptId(transcriptId),
                DeploymentState.of(state, reason == null ? "" : reason),
                requestedBy,
                cancelRequested,
                createdAt,
                stateSince,
                deadlineAt,
                Optional.ofNullable(finishedAt));
    }
}
