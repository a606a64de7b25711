package dev.slipway.platform.api;

import dev.slipway.tenancy.secret.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers to requests that came with an idempotency key, kept for a day so that the same request is carried out once
 * (decision 0131). Answers may tell a new token, so they are sealed.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class KeptAnswers {
    static final Duration LIFE = Duration.ofDays(1);
    /** The longest request, a one-off command, ends after ten minutes; what is older has no process any more. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int MOST_OF_A_CALLER = 10_000;
    private static final int TIDIED_AT_ONCE = 100;

    private final EntityManager rows;
    private final Sealer sealer;
    private final Clock clock;

    KeptAnswers(EntityManager rows, Sealer sealer, Clock clock) {
        this.rows = rows;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** What is known of a key. */
    sealed interface Known {
        /** Nothing: carry the request out, then {@link #keep} or {@link #forget} it. */
        record Free(Instant begun) implements Known {}

        /** Another process or thread carries it out. */
        record Running() implements Known {}

        /** Another request had this key. */
        record Other() implements Known {}

        /** The caller has too many keys. */
        record TooMany() implements Known {}

        /** It was carried out. */
        record Done(int status, byte[] body) implements Known {}
    }

    /**
     * Takes a key for a request, or tells what became of it.
     *
     * @param request hash of method, path, query and body
     */
    Known take(String caller, String key, byte[] request) {
        // To the microsecond, as the database keeps it: it tells whose row it is.
        Instant now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        rows.createNativeQuery("delete from api_answer where ctid in"
                        + " (select ctid from api_answer where begun_at < :oldest limit " + TIDIED_AT_ONCE + ")")
                .setParameter("oldest", now.minus(LIFE))
                .executeUpdate();
        Object kept = rows.createNativeQuery("select count(*) from api_answer where caller = :caller and key <> :key")
                .setParameter("caller", caller)
                .setParameter("key", key)
                .getSingleResult();
        if (((Number) kept).longValue() >= MOST_OF_A_CALLER) {
            return new Known.TooMany();
        }
        int taken = rows.createNativeQuery("insert into api_answer (caller, key, request, begun_at)"
                        + " values (:caller, :key, :request, :now) on conflict (caller, key) do update"
                        + " set request = excluded.request, begun_at = excluded.begun_at, status = null, body = null"
                        + " where api_answer.begun_at < :oldest"
                        + " or (api_answer.status is null and api_answer.begun_at < :lost)")
                .setParameter("caller", caller)
                .setParameter("key", key)
                .setParameter("request", request)
                .setParameter("now", now)
                .setParameter("oldest", now.minus(LIFE))
                .setParameter("lost", now.minus(LONGEST))
                .executeUpdate();
        return taken == 1 ? new Known.Free(now) : found(caller, key, request);
    }

    private Known found(String caller, String key, byte[] request) {
        List<?> found = rows.createNativeQuery(
                        "select request, status, body from api_answer where caller = :caller and key = :key",
                        Object[].class)
                .setParameter("caller", caller)
                .setParameter("key", key)
                .getResultList();
        if (found.isEmpty()) {
            // Forgotten between the two statements: a repeated attempt finds the key free.
            return new Known.Running();
        }
        Object[] row = (Object[]) found.getFirst();
        if (!MessageDigest.isEqual((byte[]) row[0], request)) {
            return new Known.Other();
        }
        @Nullable Number status = (Number) row[1];
        return status == null
                ? new Known.Running()
                : new Known.Done(status.intValue(), sealer.open((byte[]) row[2], context(caller, key)));
    }

    /** Keeps the answer to a request that was carried out. */
    void keep(String caller, String key, Known.Free mine, int status, byte[] body) {
        rows.createNativeQuery("update api_answer set status = :status, body = :body"
                        + " where caller = :caller and key = :key and begun_at = :begun")
                .setParameter("status", status)
                .setParameter("body", sealer.seal(body, context(caller, key)))
                .setParameter("caller", caller)
                .setParameter("key", key)
                .setParameter("begun", mine.begun())
                .executeUpdate();
    }

    /** Frees the key of a request that was refused: it changed nothing, and may be sent again. */
    void forget(String caller, String key, Known.Free mine) {
        rows.createNativeQuery("delete from api_answer where caller = :caller and key = :key and begun_at = :begun")
                .setParameter("caller", caller)
                .setParameter("key", key)
                .setParameter("begun", mine.begun())
                .executeUpdate();
    }

    private static String context(String caller, String key) {
        return "answer/" + caller + "/" + key;
    }
}
