package dev.slipway.platform.transcript;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "TranscriptChunk")
@Table(name = "transcript_chunk")
@IdClass(ChunkEntity.Key.class)
@NullUnmarked
class ChunkEntity {
    @Id
    @Column(name = "transcript_id")
    UUID transcriptId;

    @Id
    int seq;

    String text;

    @NullUnmarked
    record Key(UUID transcriptId, int seq) implements Serializable {}
}
