package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.secret.Sealer;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Sign-ins that go on at an identity provider. Its tokens are kept sealed; removing a row ends what hangs on it, such as
 * the session of a browser.
 */
@ApplicationScoped
public class CompanySessions {
    private final Sql sql;
    private final Sealer sealer;
    private final InstantSource clock;

    CompanySessions(Sql sql, Sealer sealer, InstantSource clock) {
        this.sql = sql;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * What a sign-in brought.
     *
     * @param sid the provider's name for its own session, if it told one
     * @param refreshToken if the provider gives them
     */
    public record Begun(
            String issuer,
            String subject,
            Optional<String> sid,
            UserId person,
            Optional<String> refreshToken,
            String idToken) {}

    /** A session whose tokens are due to be renewed. */
    public record Due(UUID id, String issuer, String subject, String refreshToken) {}

    /** Keeps a new one. */
    public UUID begin(Begun begun, Instant refreshAt, Instant expiresAt) {
        UUID id = UUID.randomUUID();
        sql.update(
                "insert into company_session (id, issuer, subject, sid, person_id, refresh_token, id_token, refresh_at,"
                        + " expires_at) values (?, ?, ?, ?, ?, ?::bytea, ?, ?, ?)",
                id,
                begun.issuer(),
                begun.subject(),
                begun.sid().orElse(null),
                begun.person().value(),
                begun.refreshToken().map(token -> seal(id, token)).orElse(null),
                seal(id, begun.idToken()),
                refreshAt,
                expiresAt);
        return id;
    }

    /** Those to renew now, the longest due first; they are not due again before {@code next}, whoever asks. */
    public List<Due> due(int most, Instant next) {
        Instant now = clock.instant();
        sql.update("delete from company_session where expires_at <= ?", now);
        return sql.query(
                "update company_session set refresh_at = ? where id in (select id from company_session"
                        + " where refresh_at <= ? and refresh_token is not null order by refresh_at limit " + most
                        + " for update skip locked) returning id, issuer, subject, refresh_token",
                this::due,
                next,
                now);
    }

    /** Keeps the new tokens of a session; nothing happens if it has ended meanwhile. */
    public void renewed(UUID id, Optional<String> refreshToken, Optional<String> idToken, Instant refreshAt) {
        sql.update(
                "update company_session set refresh_token = coalesce(?::bytea, refresh_token),"
                        + " id_token = coalesce(?::bytea, id_token), refresh_at = ? where id = ?",
                refreshToken.map(token -> seal(id, token)).orElse(null),
                idToken.map(token -> seal(id, token)).orElse(null),
                refreshAt,
                id);
    }

    /** The issuer and the last identity token of a session, to end it there too. */
    public Optional<Ending> ending(UUID id) {
        return sql.first(
                "select issuer, id_token from company_session where id = ?",
                row -> new Ending(row.text("issuer"), sealer.openText(row.bytes("id_token"), context(id))),
                id);
    }

    /** What an issuer needs to end its session. */
    public record Ending(String issuer, String idToken) {}

    /** Ends one. */
    public void end(UUID id) {
        sql.update("delete from company_session where id = ?", id);
    }

    /**
     * Ends those of an issuer's session or, without one, all of a subject.
     *
     * @return how many there were
     */
    public int end(String issuer, Optional<String> subject, Optional<String> sid) {
        if (sid.isPresent()) {
            return sql.update("delete from company_session where issuer = ? and sid = ?", issuer, sid.get());
        }
        return subject.map(some ->
                        sql.update("delete from company_session where issuer = ? and subject = ?", issuer, some))
                .orElse(0);
    }

    private Due due(Row row) throws SQLException {
        UUID id = row.uuid("id");
        return new Due(
                id, row.text("issuer"), row.text("subject"), sealer.openText(row.bytes("refresh_token"), context(id)));
    }

    private byte[] seal(UUID id, String token) {
        return sealer.sealText(token, context(id));
    }

    private static String context(UUID id) {
        return "company-session:" + id;
    }
}
