package dev.slipway.platform.transcript;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "Transcript")
@Table(name = "transcript")
@NullUnmarked
class TranscriptEntity {
    @Id
    UUID id;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "closed_at")
    Instant closedAt;
}
