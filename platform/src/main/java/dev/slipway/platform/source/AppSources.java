package dev.slipway.platform.source;

import dev.slipway.platform.git.CommitId;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.secret.Sealer;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Where apps are built from, and the pushes that were told of: each body is taken once, for ever. */
@ApplicationScoped
@Transactional
public class AppSources {
    private static final int SECRET_BYTES = 32;
    private static final String COLUMNS = "app_id, host, url, branch, fetch_user, set_at, set_by";

    private final Sql sql;
    private final Sealer sealer;
    private final RandomGenerator random;
    private final Clock clock;

    AppSources(Sql sql, Sealer sealer, RandomGenerator random, Clock clock) {
        this.sql = sql;
        this.sealer = sealer;
        this.random = random;
        this.clock = clock;
    }

    /** A push that was told of and waits to be pulled. */
    public record Told(UUID id, AppId app, String branch, CommitId commit) {}

    /** How a push went. */
    public record Pull(String branch, String commit, String state, Optional<String> reason, Instant toldAt) {}

    public Optional<AppSource> find(AppId app) {
        return sql.first("select " + COLUMNS + " from app_source where app_id = ?", AppSources::source, app.value());
    }

    /**
     * Sets where an app is built from, with a new secret, which is told this once.
     *
     * @param password with which to fetch; empty for none
     */
    public String set(
            AppId app,
            CodeHost host,
            SourceAddress url,
            String branch,
            Optional<String> user,
            Optional<String> password,
            String by) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sql.update(
                "insert into app_source (app_id, host, url, branch, secret, fetch_user, fetch_password, set_at, set_by)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (app_id) do update set host = excluded.host,"
                        + " url = excluded.url, branch = excluded.branch, secret = excluded.secret,"
                        + " fetch_user = excluded.fetch_user, fetch_password = excluded.fetch_password,"
                        + " set_at = excluded.set_at, set_by = excluded.set_by",
                app.value(),
                host.text(),
                url.uri().toString(),
                branch,
                sealed(app, "secret", secret),
                user.orElse(null),
                password.map(text -> sealed(app, "password", text)).orElse(null),
                clock.instant(),
                by);
        return secret;
    }

    /** Returns whether there was one. */
    public boolean remove(AppId app) {
        return sql.update("delete from app_source where app_id = ?", app.value()) > 0;
    }

    /** What requests about an app have to know. */
    Optional<String> secret(AppId app) {
        return sql.first("select secret from app_source where app_id = ?", row -> row.bytes("secret"), app.value())
                .map(bytes -> opened(app, "secret", bytes));
    }

    /** With what to fetch. */
    Optional<String> password(AppId app) {
        return sql.first(
                        "select fetch_password from app_source where app_id = ? and fetch_password is not null",
                        row -> row.bytes("fetch_password"),
                        app.value())
                .map(bytes -> opened(app, "password", bytes));
    }

    /**
     * Takes note of a push, if its body was never seen before.
     *
     * @param digest of the whole body
     */
    boolean tell(AppId app, byte[] digest, String branch, CommitId commit) {
        return sql.update(
                        "insert into app_source_push (id, app_id, digest, branch, commit_id, state, told_at, due_at)"
                                + " values (?, ?, ?, ?, ?, 'WAITING', ?, ?) on conflict (app_id, digest) do nothing",
                        UUID.randomUUID(),
                        app.value(),
                        digest,
                        branch,
                        commit.value(),
                        clock.instant(),
                        clock.instant())
                > 0;
    }

    /** Pushes that are due, taken so that no other process pulls them before the lease is over. */
    List<Told> take(int most, Duration lease) {
        Instant now = clock.instant();
        return sql.query(
                "update app_source_push p set due_at = ? where id in (select id from app_source_push"
                        + " where state = 'WAITING' and due_at <= ? order by told_at limit ? for update skip locked)"
                        + " returning id, app_id, branch, commit_id",
                row -> new Told(
                        row.uuid("id"),
                        new AppId(row.uuid("app_id")),
                        row.text("branch"),
                        CommitId.of(row.text("commit_id"))),
                now.plus(lease),
                now,
                most);
    }

    /** Keeps those that are on their way for this process. */
    void keep(Collection<UUID> pushes, Duration lease) {
        pushes.forEach(id -> sql.update(
                "update app_source_push set due_at = ? where id = ? and state = 'WAITING'",
                clock.instant().plus(lease),
                id));
    }

    /** Notes how a push ended; without a reason it became live. */
    void ended(UUID push, Optional<String> reason) {
        sql.update(
                "update app_source_push set state = ?, reason = ? where id = ?",
                reason.isEmpty() ? "DONE" : "FAILED",
                reason.orElse(null),
                push);
    }

    /** The newest pushes first. */
    public List<Pull> pulls(AppId app, int most) {
        return sql.query(
                "select branch, commit_id, state, reason, told_at from app_source_push where app_id = ?"
                        + " order by told_at desc, id limit ?",
                row -> new Pull(
                        row.text("branch"),
                        row.text("commit_id"),
                        row.text("state").toLowerCase(java.util.Locale.ROOT),
                        row.maybeText("reason"),
                        row.instant("told_at")),
                app.value(),
                most);
    }

    private byte[] sealed(AppId app, String what, String text) {
        return sealer.seal(text.getBytes(StandardCharsets.UTF_8), context(app, what));
    }

    private String opened(AppId app, String what, byte[] bytes) {
        return new String(sealer.open(bytes, context(app, what)), StandardCharsets.UTF_8);
    }

    private static String context(AppId app, String what) {
        return "app-source:" + app + ":" + what;
    }

    private static AppSource source(Row row) throws SQLException {
        return new AppSource(
                new AppId(row.uuid("app_id")),
                CodeHost.parse(row.text("host")),
                URI.create(row.text("url")),
                row.text("branch"),
                row.maybeText("fetch_user"),
                row.instant("set_at"),
                row.text("set_by"));
    }
}
