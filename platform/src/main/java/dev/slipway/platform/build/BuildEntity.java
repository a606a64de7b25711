package dev.slipway.platform.build;

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

@Entity(name = "Build")
@Table(name = "build")
@NullUnmarked
class BuildEntity {
    @Id
    UUID id;

    @Column(name = "app_id")
    UUID appId;

    int number;
    String state;

    @Column(name = "commit_id")
    String commitId;

    String branch;
    String subject;

    @Column(name = "requested_by")
    String requestedBy;

    @Column(name = "transcript_id")
    UUID transcriptId;

    String reason;

    @Column(name = "image_digest")
    String imageDigest;

    @Column(name = "release_id")
    UUID releaseId;

    @Column(name = "deployment_id")
    UUID deploymentId;

    int attempts;

    @Column(name = "cancel_requested")
    boolean cancelRequested;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    @Column(name = "deadline_at")
    Instant deadlineAt;

    long epoch;

    BuildState state() {
        return switch (state) {
            case "QUEUED" -> new BuildState.Queued();
            case "RUNNING" -> new BuildState.Running(startedAt, deadlineAt);
            case "SUCCEEDED" -> new BuildState.Succeeded(imageDigest);
            case "FAILED" -> new BuildState.Failed(reason);
            case "CANCELLED" -> new BuildState.Cancelled(reason);
            case "TIMED_OUT" -> new BuildState.TimedOut(reason);
            default -> throw new IllegalStateException("unknown state of a build stored: " + state);
        };
    }

    void state(BuildState next, Instant now) {
        state = next.code();
        switch (next) {
            case BuildState.Queued queued -> deadlineAt = null;
            case BuildState.Running running -> {
                startedAt = running.startedAt();
                deadlineAt = running.deadline();
            }
            case BuildState.Succeeded succeeded -> imageDigest = succeeded.imageDigest();
            case BuildState.Failed failed -> reason = failed.reason();
            case BuildState.Cancelled cancelled -> reason = cancelled.reason();
            case BuildState.TimedOut timedOut -> reason = timedOut.reason();
        }
        if (next.ended()) {
            finishedAt = now;
        }
    }

    Build toRecord() {
        return new Build(
                new BuildId(id),
                new AppId(appId),
                number,
                state(),
                commitId,
                branch,
                subject,
                requestedBy,
                new TranscriptId(transcriptId),
                Optional.ofNullable(releaseId).map(ReleaseId::new),
                Optional.ofNullable(deploymentId),
                attempts,
                cancelRequested,
                createdAt,
                Optional.ofNullable(startedAt),
                Optional.ofNullable(finishedAt));
    }
}
