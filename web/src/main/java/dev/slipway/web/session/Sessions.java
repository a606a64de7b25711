package dev.slipway.web.session;

import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The store of sessions: begun at sign-in, found by the hash of their token, gone at sign-out or when their time is over. */
@ApplicationScoped
class Sessions {
    private static final Duration TOUCHED_EVERY = Duration.ofMinutes(1);

    private final Sql sql;
    private final InstantSource clock;
    private final SessionSettings settings;
    private final SecureRandom random = new SecureRandom();

    Sessions(Sql sql, InstantSource clock, SessionSettings settings) {
        this.sql = sql;
        this.clock = clock;
        this.settings = settings;
    }

    /** A token that opens nothing yet, for the forms of people who have not signed in. */
    SessionToken anonymous() {
        return SessionToken.random(random);
    }

    /** Begins a session under a token that nobody has seen before, and clears away those whose time is over. */
    @Transactional
    SessionToken begin(UserId person, Optional<UUID> company) {
        Instant now = clock.instant();
        sql.update(
                "delete from web_session where expires_at <= ? or seen_at <= ?",
                now,
                now.minus(settings.sessionIdle()));
        SessionToken token = SessionToken.random(random);
        sql.update(
                "insert into web_session (token_hash, person_id, created_at, seen_at, expires_at, company_session)"
                        + " values (?, ?, ?, ?, ?, ?::uuid)",
                token.hash(),
                person.value(),
                now,
                now,
                now.plus(settings.sessionLife()),
                company.orElse(null));
        return token;
    }

    /** Whose it is, and whether a notice was left for its next page. */
    record Found(UserId person, Instant seenAt, boolean noticed) {}

    /** Whose session it is, if it is one and its time is not over. */
    @Transactional
    Optional<Found> find(SessionToken token) {
        Instant now = clock.instant();
        Optional<Found> found = sql.first(
                "select person_id, seen_at, notice is not null as noticed from web_session where token_hash = ? and expires_at > ? and seen_at > ?",
                row -> new Found(new UserId(row.uuid("person_id")), row.instant("seen_at"), row.flag("noticed")),
                token.hash(),
                now,
                now.minus(settings.sessionIdle()));
        if (found.isPresent() && found.get().seenAt().isBefore(now.minus(TOUCHED_EVERY))) {
            sql.update("update web_session set seen_at = ? where token_hash = ?", now, token.hash());
        }
        return found;
    }

    /** The session at an identity provider that this one began with, if it did. */
    Optional<UUID> company(SessionToken token) {
        return sql.first(
                "select company_session from web_session where token_hash = ? and company_session is not null",
                row -> row.uuid("company_session"),
                token.hash());
    }

    /** Ends a session; ending one that is not there is fine. */
    @Transactional
    void end(SessionToken token) {
        sql.update("delete from web_session where token_hash = ?", token.hash());
    }

    /** Ends all sessions of a person but this one. */
    @Transactional
    void endOthers(UserId person, SessionToken token) {
        sql.update("delete from web_session where person_id = ? and token_hash <> ?", person.value(), token.hash());
    }

    /** Leaves a notice for the session's next page. */
    @Transactional
    void leave(SessionToken token, Notice notice) {
        sql.update(
                "update web_session set notice = ?, notice_good = ? where token_hash = ?",
                notice.text(),
                notice.good(),
                token.hash());
    }

    /** Takes the notice that was left, so that it is shown once. */
    @Transactional
    Optional<Notice> take(SessionToken token) {
        Optional<Notice> left = sql.first(
                "select notice, notice_good from web_session where token_hash = ? and notice is not null",
                row -> new Notice(row.flag("notice_good"), row.text("notice")),
                token.hash());
        if (left.isPresent()) {
            sql.update("update web_session set notice = null where token_hash = ?", token.hash());
        }
        return left;
    }
}
