package dev.slipway.platform.transcript;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class TranscriptRepository implements PanacheRepositoryBase<TranscriptEntity, UUID> {

    void create(UUID id, Instant now) {
        TranscriptEntity entity = new TranscriptEntity();
        entity.id = id;
        entity.createdAt = now;
        persist(entity);
    }

    /** Appends without waiting for the disk: a lost line of output is no lost truth. */
    void append(UUID id, String text) {
        var session = getEntityManager();
        session.createNativeQuery("set local synchronous_commit = off").executeUpdate();
        session.createNativeQuery("insert into transcript_chunk (transcript_id, seq, text)"
                        + " select :id, coalesce(max(seq), 0) + 1, :text from transcript_chunk"
                        + " where transcript_id = :id")
                .setParameter("id", id)
                .setParameter("text", text)
                .executeUpdate();
    }

    List<ChunkEntity> after(UUID id, int seq) {
        return getEntityManager()
                .createQuery(
                        "from TranscriptChunk where transcriptId = :id and seq > :seq order by seq", ChunkEntity.class)
                .setParameter("id", id)
                .setParameter("seq", seq)
                .setMaxResults(256)
                .getResultList();
    }

    void close(UUID id, Instant now) {
        update("closedAt = ?1 where id = ?2 and closedAt is null", now, id);
    }
}
